import { StringDecoder } from 'node:string_decoder';
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import os from 'node:os';
import type { RunOwner } from '#main/engine/ports.ts';
import type { ShellPlace, ShellRequest, ShellSession, TerminalSize } from '#main/engine/shell-place.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { PlannedContainer } from '#shared/pipeline/plan-place.ts';
import { seenEnv } from '../shell/seen-env.ts';
import { runProcess } from './container-process.ts';
import { containerUser, ownIds } from './container-user.ts';
import { connectDocker, type DockerDaemon } from './docker-client.ts';
import { dockerError } from './docker-error.ts';
import { dockerConfigDir } from './find-daemon.ts';
import { LABELS, labelsOf } from './labels.ts';
import { containerName, openContainer, removeContainer } from './open-container.ts';
import { seenWorkspaceOf, sentFolders } from './place-folders.ts';
import { ensureImage } from './pull-image.ts';
import { refuseFolders } from './remote/refuse-folders.ts';
import { withOptions } from './with-options.ts';

/** Where a shell is opened, and what goes with it. */
interface ShellContainer {
  readonly container: Docker.Container;
  readonly leave: () => Promise<void>;
}

export interface DockerShellOptions {
  readonly owner: RunOwner;
  readonly connect?: () => Promise<DockerDaemon>;
}

/**
 * Shells in containers: in that of an attempt which is paused, else in a new one of the same image with the workspace as the
 * attempt left it, which goes with the shell.
 */
export function createDockerShell({ owner, connect = connectDocker }: DockerShellOptions): ShellPlace {
  return {
    async open(request) {
      const { place } = request;
      if (place.type !== 'container')
        throw new AppError('shell-unavailable', `Docker opens no shells in ${place.type} places.`);
      const daemon = await connect();
      const planned = withOptions(place.container, 'stage');
      const found = request.isPaused
        ? await findPaused(daemon, request)
        : await makeContainer(daemon, request, planned, owner);
      try {
        const { needsHome } = containerUser(planned.user, daemon, ownIds());
        const base = { ...(needsHome ? { HOME: '/tmp' } : {}), ...planned.env };
        return await startShell(found, request, base);
      } catch (error) {
        await found.leave();
        throw dockerError(error, 'open a shell', 'shell-unavailable');
      }
    },
  };
}

async function findPaused({ docker }: DockerDaemon, request: ShellRequest): Promise<ShellContainer> {
  const { runId, stage, attempt } = request;
  const label = [
    `${LABELS.run}=${runId}`,
    `${LABELS.stage}=${stage}`,
    `${LABELS.attempt}=${attempt}`,
    LABELS.steps,
  ];
  const found = await docker.listContainers({ filters: { label } });
  const id = found[0]?.Id;
  if (id === undefined)
    throw new AppError('shell-unavailable', `The container of ${stage} is not there any more.`, {
      hint: 'Go on with the stage; a shell is opened in a new container when it has failed.',
    });
  return { container: docker.getContainer(id), leave: () => Promise.resolve() };
}

async function makeContainer(
  daemon: DockerDaemon,
  { runId, stage, attempt, workspace }: ShellRequest,
  planned: PlannedContainer,
  owner: RunOwner,
): Promise<ShellContainer> {
  const signal = new AbortController().signal;
  const home = os.homedir();
  const log = { write: () => undefined, close: () => Promise.resolve() };
  const configDir = dockerConfigDir({ env: process.env, home });
  await ensureImage(daemon, { ...planned, log, configDir }, signal);
  const source = daemon.seesLocalFiles ? workspace : null;
  if (source === null) refuseFolders(daemon.address, planned.mounts);
  const { container } = await openContainer(
    daemon,
    {
      // Its ports may be those of another run by now.
      container: { ...planned, ports: [] },
      resources: null,
      name: containerName(runId, stage, attempt),
      labels: labelsOf({ runId, stage, attempt, owner }),
      user: containerUser(planned.user, daemon, ownIds()).user,
      network: planned.network ?? 'bridge',
      alsoOn: null,
      ...{ workspace, home, mounts: [{ source, target: seenWorkspaceOf(workspace) }] },
    },
    signal,
  );
  const leave = (): Promise<void> => removeContainer(container);
  try {
    if (source === null) await sentFolders(workspace, log).share(container, signal);
    return { container, leave };
  } catch (error) {
    await leave();
    throw error;
  }
}

/** Says its own process id in a file, so that it can be ended, and is the best shell that the image has. */
const SHELL_SCRIPT =
  'echo $$ >"$1"; cd -- "$2" 2>/dev/null || cd -- "$3"; command -v bash >/dev/null 2>&1 && exec bash -i; exec sh -i';
/** Ends all of the shell's session (proc(5): it is the fourth word behind the name), also jobs in groups of their own. */
const END_SCRIPT = `file=$1
read -r pid <"$file" || exit 0
kill -HUP "$pid"
for stat in /proc/[0-9]*/stat; do
  read -r line <"$stat" || continue
  set -- \${line##*) }
  member=\${stat#/proc/}
  if [ "$4" = "$pid" ]; then kill -KILL "\${member%/stat}"; fi
done 2>/dev/null
rm -f "$file"`;

let count = 0;

async function startShell(
  { container, leave }: ShellContainer,
  request: ShellRequest,
  base: Readonly<Record<string, string>>,
): Promise<ShellSession> {
  const { workspace, directory, size } = request;
  count += 1;
  const idFile = `/tmp/pipewright-shell-${process.pid}-${count}`;
  const seen = seenWorkspaceOf(workspace);
  const folder = directory === '' ? seen : `${seen}/${directory.replaceAll('\\', '/')}`;
  const env = { ...base, ...seenEnv(request.env, seen, '/tmp/pipewright-'), TERM: 'xterm-256color' };
  const exec = await container.exec({
    ...{ AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: true },
    Cmd: ['sh', '-c', SHELL_SCRIPT, 'sh', idFile, folder, seen],
    Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
  });
  const stream = await exec.start({ hijack: true, stdin: true, Tty: true });
  await resize(exec, size);
  return sessionOf(exec, stream, async () => {
    await runProcess(container, { args: ['sh', '-c', END_SCRIPT, 'sh', idFile], user: '0:0' }).catch(
      () => undefined,
    );
    await leave();
  });
}

function sessionOf(exec: Docker.Exec, stream: Duplex, leave: () => Promise<void>): ShellSession {
  const decoder = new StringDecoder('utf8');
  let early = '';
  let listener = (text: string): void => {
    early += text;
  };
  stream.on('data', (chunk: Buffer) => listener(decoder.write(chunk)));
  // A connection that breaks ends the shell; the close that follows says so.
  stream.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => stream.once('close', resolve)).then(async () => {
    const exitCode = await exec.inspect().then(
      ({ ExitCode }) => ExitCode,
      () => null,
    );
    await leave();
    return { exitCode, signal: null };
  });
  return {
    onData(next) {
      listener = next;
      if (early !== '') next(early);
      early = '';
    },
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    write: (text) => void stream.write(text),
    resize: (size) => void resize(exec, size),
    ended,
    async close() {
      stream.destroy();
      await ended;
    },
  };
}

/** A shell that has ended has no size. */
async function resize(exec: Docker.Exec, { columns, rows }: TerminalSize): Promise<void> {
  await exec.resize({ w: columns, h: rows }).catch(() => undefined);
}
