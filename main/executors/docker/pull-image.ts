import path from 'node:path';
import type { LogSink } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { PlannedCredentials, PullPolicy } from '#shared/pipeline/plan-place.ts';
import type { DockerDaemon } from './docker-client.ts';
import { dockerError, isNotFound, reasonOfFailure, statusOf } from './docker-error.ts';
import { DEFAULT_REGISTRY, parseImageName } from './image-name.ts';
import { jsonLines } from './json-lines.ts';
import { createPullProgress, type PullMessage } from './pull-progress.ts';
import { findRegistryAuth, type RegistryAuth } from './registry-auth.ts';

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
  /** `linux/arm64`; absent: that of the daemon. */
  readonly platform?: string;
  /** Of the file; absent: the user's Docker configuration is asked. */
  readonly credentials?: PlannedCredentials;
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
  const { image, pull, platform } = wish;
  if (pull !== 'always') {
    const existing = await inspectImage(daemon, wish);
    if (existing !== null) return existing;
    if (pull === 'never')
      throw new AppError(
        'image-missing',
        `The image ${image} is not here${platform === undefined ? '' : ` for ${platform}`}, and \`pull: never\` is set.`,
        {
          hint: `Build it or fetch it with \`docker pull ${image}\`.`,
        },
      );
  }
  await pullImage(daemon, wish, signal);
  const pulled = await inspectImage(daemon, wish);
  if (pulled === null)
    throw new AppError('image-missing', `The image ${image} is not here although it was fetched.`);
  return pulled;
}

async function inspectImage(
  { docker }: DockerDaemon,
  { image, platform }: Pick<ImageWish, 'image' | 'platform'>,
): Promise<Image | null> {
  try {
    const { Id, Config, Os, Architecture } = await docker.getImage(image).inspect();
    if (platform !== undefined && !isOf(platform, `${Os}/${Architecture}`)) return null;
    const said: SaidOfImage = Config;
    return { id: Id, env: said.Env ?? [], user: said.User ?? '' };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw dockerError(error, `look up the image ${image}`);
  }
}

/** As the daemon really answers: for an image without them they are null, or not there. */
interface SaidOfImage {
  readonly Env?: readonly string[] | null;
  readonly User?: string | null;
}

/** A variant, as in `linux/arm/v7`, is left to the daemon. */
const isOf = (platform: string, ofImage: string): boolean =>
  platform.split('/').slice(0, 2).join('/') === ofImage;

async function pullImage({ docker }: DockerDaemon, wish: ImageWish, signal: AbortSignal): Promise<void> {
  const { image, log, platform } = wish;
  const { repository, version } = parseImageName(image);
  signal.throwIfAborted();
  const { auth, ...source } = await authFor(wish, signal);
  await log.write('system', Buffer.from(`Pipewright: fetching the image ${image}\n`));
  try {
    const options = {
      ...{ fromImage: repository, tag: version, abortSignal: signal },
      ...(platform === undefined ? {} : { platform }),
    };
    // On its own, as all of the options stand in the address, which daemons log.
    const answer = await docker.createImage(auth, options);
    const lineFor = createPullProgress(() => performance.now());
    for await (const message of jsonLines<PullMessage>(answer)) {
      if (message.error !== undefined) throw new Error(message.error);
      const line = lineFor(message);
      if (line !== null) await log.write('system', Buffer.from(`${line}\n`));
    }
  } catch (error) {
    signal.throwIfAborted();
    throw pullFailed(image, error, source);
  }
}

/** Where credentials were looked for, for the sentence that says that they do not do. */
interface AuthSource {
  readonly registry: string;
  /** `the pipeline file`, or a path. */
  readonly place: string;
  /** '' : a token; null: none were found. */
  readonly user: string | null;
}

async function authFor(
  { image, credentials, configDir }: ImageWish,
  signal: AbortSignal,
): Promise<AuthSource & { readonly auth: RegistryAuth | Record<string, never> }> {
  const { registry } = parseImageName(image);
  if (credentials?.password === '')
    throw new AppError(
      'image-pull-failed',
      `The password in \`credentials\` for the image ${image} is empty.`,
      {
        hint: 'Name its secret in the `secrets` of the stage.',
      },
    );
  if (credentials !== undefined)
    return {
      ...{ registry, place: 'the pipeline file', user: credentials.username },
      auth: { serveraddress: registry, ...credentials },
    };
  const auth = await findRegistryAuth(configDir, registry, signal);
  const place = path.join(configDir, 'config.json');
  return { registry, place, user: auth === null ? null : (auth.username ?? ''), auth: auth ?? {} };
}

function pullFailed(image: string, error: unknown, source: AuthSource): AppError {
  const reason = reasonOfFailure(error);
  if (statusOf(error) === 401 || /denied|unauthorized|authentication|no basic auth/i.test(reason))
    return refused(image, source, error);
  if (
    /manifest unknown|not found|no such image|does not match the specified platform/i.test(reason) &&
    !/no such host/i.test(reason)
  )
    return new AppError('image-missing', `There is no image ${image}: ${reason}.`, {
      hint: 'Check its name, tag and platform.',
      cause: error,
    });
  return new AppError('image-pull-failed', `The image ${image} could not be fetched: ${reason}.`, {
    hint: 'Check the network, or fetch the image by hand and set `pull: never`.',
    cause: error,
  });
}

function refused(image: string, { registry, place, user }: AuthSource, error: unknown): AppError {
  const name = registry === DEFAULT_REGISTRY ? 'Docker Hub' : registry;
  const login = registry === DEFAULT_REGISTRY ? '`docker login`' : `\`docker login ${registry}\``;
  const reason = reasonOfFailure(error);
  if (user === null)
    return new AppError(
      'image-pull-failed',
      `${name} does not give out the image ${image} without credentials, and ${place} has none for it: ${reason}.`,
      { hint: `Check the name, sign in with ${login}, or name \`credentials\` in the file.`, cause: error },
    );
  const whose = user === '' ? 'the token' : `the credentials of ${user}`;
  return new AppError(
    'image-pull-failed',
    `${name} refused ${whose} in ${place} for the image ${image}: ${reason}.`,
    {
      hint:
        place === 'the pipeline file'
          ? 'Check `credentials` and the secret that they name.'
          : `Sign in anew with ${login}.`,
      cause: error,
    },
  );
}
