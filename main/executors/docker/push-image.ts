import os from 'node:os';
import type { ImagePushes, PushWish } from '#main/engine/image-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { connectDocker, type DockerDaemon } from './docker-client.ts';
import { dockerError, isNotFound, reasonOfFailure } from './docker-error.ts';
import { dockerConfigDir } from './find-daemon.ts';
import { parseImageName } from './image-name.ts';
import { jsonLines } from './json-lines.ts';
import { findRegistryAuth, type RegistryAuth } from './registry-auth.ts';

interface PushMessage {
  readonly id?: string;
  readonly status?: string;
  readonly error?: string;
  readonly aux?: { readonly Digest?: string };
}

/** Sends images by the engine, which has their layers and knows registries that the user has allowed it. */
export function createImagePushes(): ImagePushes {
  return {
    async look(wish, signal) {
      const daemon = await connectDocker();
      const found = await inspect(daemon, wish.image);
      const auth = await authOf(wish, signal);
      return {
        there: await digestThere(daemon, wish.to, auth),
        id: found.Id,
        knownDigests: found.RepoDigests.map((name) => parseImageName(name).version),
      };
    },
    async push(wish, onLine, signal) {
      const daemon = await connectDocker();
      const { docker } = daemon;
      const auth = await authOf(wish, signal);
      const { repository, version } = parseImageName(wish.to);
      const hadName = await hasImage(daemon, wish.to);
      try {
        await docker.getImage(wish.image).tag({ repo: repository, tag: version });
        const answer = await docker
          .getImage(wish.to)
          .push({ ...(auth === null ? {} : { authconfig: auth }), abortSignal: signal });
        const sent = await follow(answer, onLine);
        return { sent, there: await digestThere(daemon, wish.to, auth) };
      } catch (error) {
        signal.throwIfAborted();
        throw pushFailed(wish, error);
      } finally {
        // The image keeps its other names; one that it had before may have been moved, which is what was asked for.
        if (!hadName && wish.image !== wish.to) {
          await docker
            .getImage(wish.to)
            .remove({ noprune: true })
            .catch(() => undefined);
        }
      }
    },
  };
}

async function inspect({ docker }: DockerDaemon, image: string) {
  try {
    return await docker.getImage(image).inspect();
  } catch (error) {
    if (!isNotFound(error)) throw dockerError(error, `look up the image ${image}`);
    throw new AppError('image-missing', `There is no image ${image} on this machine.`, {
      hint: 'Build it first, for instance with build.image.',
      cause: error,
    });
  }
}

const hasImage = async ({ docker }: DockerDaemon, name: string): Promise<boolean> =>
  docker
    .getImage(name)
    .inspect()
    .then(
      () => true,
      () => false,
    );

async function authOf({ to, credential }: PushWish, signal: AbortSignal): Promise<RegistryAuth | null> {
  const { registry } = parseImageName(to);
  if (credential !== null) return { serveraddress: registry, ...credential };
  return findRegistryAuth(dockerConfigDir({ env: process.env, home: os.homedir() }), registry, signal);
}

/** The engine asks the registry. What it says when there is none depends on the registry, so any refusal counts as none. */
async function digestThere(
  { docker }: DockerDaemon,
  name: string,
  auth: RegistryAuth | null,
): Promise<string | null> {
  const options = auth === null ? {} : { authconfig: auth as Required<RegistryAuth> };
  return docker
    .getImage(name)
    .distribution(options)
    .then(
      ({ Descriptor }) => Descriptor.digest,
      () => null,
    );
}

/** @returns the digest that the engine names at the end */
async function follow(
  answer: NodeJS.ReadableStream,
  onLine: (text: string) => Promise<void>,
): Promise<string | null> {
  let digest: string | null = null;
  let last = '';
  for await (const { id, status, error, aux } of jsonLines<PushMessage>(answer)) {
    if (error !== undefined) throw new Error(error);
    digest = aux?.Digest ?? digest;
    const line = [id, status].filter(Boolean).join(': ');
    // Of a layer that is on its way, the engine says so many times a second.
    if (
      line === '' ||
      line === last ||
      status === 'Pushing' ||
      status === 'Waiting' ||
      status === 'Preparing'
    )
      continue;
    last = line;
    await onLine(line);
  }
  return digest;
}

function pushFailed({ to, credential }: PushWish, error: unknown): AppError {
  const reason = reasonOfFailure(error);
  if (/denied|unauthorized|authentication|no basic auth/i.test(reason)) {
    const who =
      credential === null
        ? 'whom your Docker configuration names'
        : `the credential of ${credential.username}`;
    return new AppError('service-failed', `The registry does not take ${to} from ${who}: ${reason}.`, {
      hint: 'Set `username` and `password` to a credential that may push there, or sign in with `docker login`.',
      details: { status: 401 },
      cause: error,
    });
  }
  return dockerError(error, `push ${to}`, 'service-failed');
}
