import type { LogSink } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { reasonOf } from '#shared/lib/system-error.ts';
import { type BuildContext, type ImageBuild, readBuildContext } from './build-context.ts';
import type { DockerDaemon } from './docker-client.ts';
import { dockerError, isNotFound } from './docker-error.ts';
import { jsonLines } from './json-lines.ts';
import { ensureImage } from './pull-image.ts';
import { removeStaleBuilds, SOURCE_LABEL, sourceOf } from './stale-builds.ts';

/** Images that were built of the same content have the same name. */
const REPOSITORY = 'pipewright-build';

export interface BuildWish extends ImageBuild {
  /** For people: the file as they know it. */
  readonly name: string;
  /** What the build prints goes there as `system` lines. */
  readonly log: LogSink;
  /** The user's Docker configuration, with its credentials. */
  readonly configDir: string;
}

/**
 * Builds an image, unless one of the same content is there already; older ones of the same Dockerfile go then.
 * @returns its name, `pipewright-build:<hash of all that decides what comes out>`
 * @throws AppError `image-build-failed` with the build's own last words, `image-missing`, `image-pull-failed`,
 * `docker-unreachable`. Rejects with the signal's reason when it aborts.
 */
export async function buildImage(
  daemon: DockerDaemon,
  wish: BuildWish,
  signal: AbortSignal,
): Promise<string> {
  const { name, log, configDir } = wish;
  const context = await contextOf(wish, signal);
  const tag = tagOf(context);
  if (await isThere(daemon, tag)) return tag;
  // The builder knows no credential helpers; what it finds here it need not fetch.
  for (const image of baseImages(context.text))
    await ensureImage(daemon, { image, pull: 'missing', log, configDir }, signal);
  await log.write('system', Buffer.from(`Building the image of ${name}\n`));
  try {
    const answer = await daemon.docker.buildImage(context.pack(), {
      t: tag,
      dockerfile: context.dockerfile,
      buildargs: { ...wish.args },
      ...(wish.target === null ? {} : { target: wish.target }),
      forcerm: true,
      labels: { 'pipewright.build': context.digest, [SOURCE_LABEL]: sourceOf(wish) },
      abortSignal: signal,
    });
    await follow(answer, wish);
    if (!(await isThere(daemon, tag))) throw new Error('the build ended without an image');
    await removeStaleBuilds(daemon.docker, sourceOf(wish), tag);
  } catch (error) {
    signal.throwIfAborted();
    throw dockerError(error, `build ${name}`, 'image-build-failed');
  }
  return tag;
}

/** What `buildImage` would call it, without asking a daemon. @throws AppError `image-build-failed` when it cannot be read */
export async function builtImageName(
  build: ImageBuild & Pick<BuildWish, 'name'>,
  signal: AbortSignal,
): Promise<string> {
  return tagOf(await contextOf(build, signal));
}

const tagOf = ({ digest }: BuildContext): string => `${REPOSITORY}:${digest.slice(0, 32)}`;

async function contextOf(
  build: ImageBuild & Pick<BuildWish, 'name'>,
  signal: AbortSignal,
): Promise<BuildContext> {
  try {
    return await readBuildContext(build, signal);
  } catch (error) {
    signal.throwIfAborted();
    const message = `${build.name} cannot be built: ${reasonOf(error)}.`;
    throw new AppError('image-build-failed', message, { cause: error });
  }
}

async function isThere({ docker }: DockerDaemon, tag: string): Promise<boolean> {
  try {
    await docker.getImage(tag).inspect();
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw dockerError(error, `look up the image ${tag}`);
  }
}

interface BuildMessage {
  readonly stream?: string;
  readonly error?: string;
}

/** Shows what the build prints, until its end. Rejects, too, when the connection is cut. */
async function follow(answer: NodeJS.ReadableStream, { name, log }: BuildWish): Promise<void> {
  for await (const { stream, error } of jsonLines<BuildMessage>(answer)) {
    if (stream !== undefined && stream !== '') await log.write('system', Buffer.from(stream));
    if (error !== undefined)
      throw new AppError(
        'image-build-failed',
        `${name} cannot be built: ${error.trim().replace(/\.$/, '')}.`,
        { hint: 'Try `docker build` with it: what it printed stands above.' },
      );
  }
}

/** What `FROM` names, but for earlier stages, `scratch`, and names that build arguments decide. */
export function baseImages(dockerfile: string): string[] {
  const stages = new Set(['scratch']);
  const images = new Set<string>();
  for (const line of dockerfile.split('\n')) {
    const [, image, stage] = /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? [];
    if (image === undefined) continue;
    if (!stages.has(image.toLowerCase()) && !image.includes('$')) images.add(image);
    if (stage !== undefined) stages.add(stage.toLowerCase());
  }
  return [...images];
}
