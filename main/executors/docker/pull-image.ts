import { createInterface } from 'node:readline';
import type { LogSink } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { PullPolicy } from '#shared/pipeline/plan-place.ts';
import type { DockerDaemon } from './docker-client.ts';
import { dockerError, isNotFound, reasonOfFailure, statusOf } from './docker-error.ts';
import { parseImageName } from './image-name.ts';
import { createPullProgress, type PullMessage } from './pull-progress.ts';
import { findRegistryAuth } from './registry-auth.ts';

/** What is known of an image that is there. */
export interface Image {
  readonly id: string;
  /** What its processes inherit, as `NAME=value`. */
  readonly env: readonly string[];
  /** '' : root. */
  readonly user: string;
}

/** What an image is fetched with. */
export interface ImageWish {
  readonly image: string;
  readonly pull: PullPolicy;
  readonly log: LogSink;
  /** The user's Docker configuration, with its credentials. */
  readonly configDir: string;
}

/**
 * Makes sure that an image is there, by policy; progress goes into the log.
 * @throws AppError `image-missing`, `image-pull-failed`, `docker-unreachable`. Rejects with the signal's reason when it aborts.
 */
export async function ensureImage(
  daemon: DockerDaemon,
  wish: ImageWish,
  signal: AbortSignal,
): Promise<Image> {
  const { image, pull } = wish;
  if (pull !== 'always') {
    const existing = await inspectImage(daemon, image);
    if (existing !== null) return existing;
    if (pull === 'never')
      throw new AppError('image-missing', `The image ${image} is not here, and \`pull: never\` is set.`, {
        hint: `Build it or fetch it with \`docker pull ${image}\`.`,
      });
  }
  await pullImage(daemon, wish, signal);
  const pulled = await inspectImage(daemon, image);
  if (pulled === null)
    throw new AppError('image-missing', `The image ${image} is not here although it was fetched.`);
  return pulled;
}

async function inspectImage({ docker }: DockerDaemon, image: string): Promise<Image | null> {
  try {
    const { Id, Config } = await docker.getImage(image).inspect();
    return { id: Id, env: Config.Env ?? [], user: Config.User ?? '' };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw dockerError(error, `look up the image ${image}`);
  }
}

async function pullImage({ docker }: DockerDaemon, wish: ImageWish, signal: AbortSignal): Promise<void> {
  const { image, log, configDir } = wish;
  const { repository, version, registry } = parseImageName(image);
  signal.throwIfAborted();
  const auth = await findRegistryAuth(configDir, registry, signal);
  await log.write('system', Buffer.from(`Pipewright: fetching the image ${image}\n`));
  try {
    const options = {
      fromImage: repository,
      tag: version,
      abortSignal: signal,
      ...(auth === null ? {} : { authconfig: auth }),
    };
    await follow(await docker.createImage(options), log);
  } catch (error) {
    signal.throwIfAborted();
    throw pullFailed(image, error, auth !== null);
  }
}

/** Writes what the daemon says, no faster than the log takes it. */
async function follow(stream: NodeJS.ReadableStream, log: LogSink): Promise<void> {
  const lineFor = createPullProgress(() => performance.now());
  let isComplete = false;
  stream.once('end', () => {
    isComplete = true;
  });
  // A stream that breaks off is told by its error, which readline does not pass on.
  const broken = new Promise<never>((_resolve, reject) => {
    stream.once('error', reject);
    stream.once('close', () => {
      if (!isComplete) reject(new Error('the connection was cut'));
    });
  });
  broken.catch(() => undefined);
  for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
    if (text.trim() === '') continue;
    const message = JSON.parse(text) as PullMessage;
    if (message.error !== undefined) throw new Error(message.error);
    const line = lineFor(message);
    if (line !== null) await log.write('system', Buffer.from(`${line}\n`));
  }
  if (!isComplete) await broken;
}

function pullFailed(image: string, error: unknown, hadAuth: boolean): AppError {
  const reason = reasonOfFailure(error);
  if (/manifest unknown|not found|no such image/i.test(reason) && !/no such host/i.test(reason))
    return new AppError('image-missing', `There is no image ${image}: ${reason}.`, {
      hint: 'Check its name and tag.',
      cause: error,
    });
  const isRefused = statusOf(error) === 401 || /denied|unauthorized|authentication/i.test(reason);
  const login = hadAuth ? 'Sign in anew with `docker login`.' : 'Sign in with `docker login`.';
  return new AppError('image-pull-failed', `The image ${image} could not be fetched: ${reason}.`, {
    hint: isRefused ? login : 'Check the network, or fetch the image by hand and set `pull: never`.',
    cause: error,
  });
}
