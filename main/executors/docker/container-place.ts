import type { OpenPlace, PlaceRequest, RunOwner } from '#main/engine/ports.ts';
import type { PlannedContainer } from '#shared/pipeline/plan-place.ts';
import { createContainerSteps } from './container-steps.ts';
import { watchContainerUsage } from './container-usage.ts';
import { containerUser, ownIds } from './container-user.ts';
import type { DockerDaemon } from './docker-client.ts';
import { LABELS, labelsOf } from './labels.ts';
import { endByForce } from './end-step.ts';
import { containerName, openContainer, removeContainer } from './open-container.ts';
import { makePlaceFolders, sentFolders } from './place-folders.ts';
import { ensureImage, type Image } from './pull-image.ts';
import { refuseFolders } from './remote/refuse-folders.ts';
import { ensureRunNetwork, forgetRunNetwork } from './run-network.ts';
import type { OpenServices } from './services/open-services.ts';
import { watchDisk } from './watch-disk.ts';
import { within } from './within.ts';
import { withOptions } from './with-options.ts';

export interface ContainerPlaceOptions {
  readonly owner: RunOwner;
  /** The user's Docker configuration, with its credentials. */
  readonly configDir: string;
  /** The user's home, for mounts. */
  readonly home: string;
  /** Starts the services of the request on a network that the container joins. */
  readonly openServices: (request: PlaceRequest, signal: AbortSignal) => Promise<OpenServices>;
}

/** Opens one container for all steps of an attempt. @throws as `Places.open` */
export async function openContainerPlace(
  daemon: DockerDaemon,
  request: PlaceRequest,
  asked: PlannedContainer,
  options: ContainerPlaceOptions,
  signal: AbortSignal,
): Promise<OpenPlace> {
  const planned = withOptions(asked, 'stage');
  if (!daemon.seesLocalFiles) refuseFolders(daemon.address, planned.mounts);
  const { runId, stage, attempt, log, workspace, resources } = request;
  const { owner, configDir, home } = options;
  const needsNetwork = request.services.length === 0 && planned.network === null;
  const [image, ownNetwork] = await Promise.all([
    ensureImage(daemon, { ...planned, log, configDir }, signal),
    needsNetwork ? ensureRunNetwork(daemon, { runId, owner }) : null,
  ]);
  const ids = ownIds();
  const { user, needsHome } = containerUser(planned.user, daemon, ids);
  const runsAs = user ?? image.user;
  const isForeignUser = daemon.isNative && !['', '0', '0:0', 'root', ownUser(ids)].includes(runsAs);

  const undo: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const folders = daemon.seesLocalFiles
      ? await makePlaceFolders(request.commandPrefix, workspace, isForeignUser)
      : sentFolders(workspace, log);
    undo.push(() => folders.remove());
    const services = request.services.length > 0 ? await options.openServices(request, signal) : null;
    if (services !== null) undo.push(() => services.close());
    const wish = {
      ...{ container: planned, resources, user, workspace, home, mounts: folders.mounts },
      name: containerName(runId, stage, attempt),
      labels: { ...labelsOf({ runId, stage, attempt, owner }), [LABELS.steps]: 'true' },
      network: services?.network ?? ownNetwork ?? planned.network ?? 'bridge',
      alsoOn: services === null ? null : planned.network,
    };
    const { container, keepsDiskLimit } = await openContainer(daemon, wish, signal);
    // Not beside what comes next: a daemon that removes one container takes longer to start another than both take in turn.
    undo.push(() => within(REMOVE_MS, removeContainer(container)));
    const diskBytes = resources?.diskBytes ?? null;
    const disk =
      diskBytes === null || keepsDiskLimit
        ? null
        : watchDisk(container, diskBytes, () => void endByForce(container));
    if (disk !== null) {
      undo.push(() => {
        disk.stop();
        return Promise.resolve();
      });
      await log.write('system', Buffer.from(DISK_IS_WATCHED));
    }
    if (request.onUsage !== undefined) {
      const usage = watchContainerUsage(container, request.onUsage);
      undo.push(() => usage.stop());
    }
    const files = await folders.share(container, signal);
    let closing: Promise<void> | null = null;
    return {
      execute: createContainerSteps({
        ...{ container, image: planned.image, commands: files.commands },
        mountTargets: planned.mounts.filter(({ isReadOnly }) => !isReadOnly).map(({ to }) => to),
        memoryBytes: resources?.memoryBytes ?? null,
        pids: resources?.pids ?? null,
        diskBytes,
        isOverDisk: () => disk?.isOver() ?? false,
      }),
      readCommandFiles: () => files.commands.take(),
      services: services?.facts ?? {},
      sharesFiles: folders.sharesFiles,
      seenWorkspace: folders.seenWorkspace,
      seenCommandPrefix: `${files.commands.seen}/`,
      baseEnv: { ...environmentOf(image), ...(needsHome ? { HOME: folders.seenHome } : {}), ...planned.env },
      paths: { separator: '/', delimiter: ':' },
      collect: (until) => files.collect(until),
      close: () => (closing ??= close()),
    };
  } catch (error) {
    await close();
    // It may be gone, as from a daemon that was set up anew meanwhile.
    forgetRunNetwork(daemon, runId);
    throw error;
  }
}

/** A daemon that does not answer holds nobody up; what stays is found by its labels at the end of the run. */
const REMOVE_MS = 15_000;

const DISK_IS_WATCHED =
  'Pipewright: the storage of this Docker knows no limits (it takes overlay2 on xfs with pquota), so resources.disk is kept by looking every few seconds\n';

/** As the daemon sets it where an image says nothing. */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function environmentOf({ env }: Image): Record<string, string> {
  const pairs = env.map((text): [string, string] => {
    const equals = text.indexOf('=');
    return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
  });
  return { PATH: DEFAULT_PATH, ...Object.fromEntries(pairs) };
}

function ownUser(ids: { readonly uid: number; readonly gid: number } | null): string {
  return ids === null ? '' : `${ids.uid}:${ids.gid}`;
}
