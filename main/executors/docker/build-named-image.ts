import os from 'node:os';
import type { BuiltImage, ImageBuilds, ImageWish } from '#main/engine/image-ports.ts';
import type { LogSink } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { reasonOf } from '#shared/lib/system-error.ts';
import { type BuildContext, readBuildContext } from './build-context.ts';
import { baseImages } from './build-image.ts';
import { connectDocker, type DockerDaemon } from './docker-client.ts';
import { dockerError } from './docker-error.ts';
import { dockerConfigDir } from './find-daemon.ts';
import { parseImageName } from './image-name.ts';
import { jsonLines } from './json-lines.ts';
import { ensureImage } from './pull-image.ts';

interface BuildMessage {
  readonly stream?: string;
  readonly error?: string;
  readonly aux?: { readonly ID?: string };
}

/** Builds over the engine's classic interface, which needs nothing but the engine. */
export function createImageBuilds(): ImageBuilds {
  return {
    async build(wish, onLine, signal) {
      const context = await contextOf(wish, signal);
      const daemon = await connectDocker();
      const log = linesTo(onLine);
      const configDir = dockerConfigDir({ env: process.env, home: os.homedir() });
      // The builder knows no credential helpers; what it finds here it need not fetch.
      for (const image of baseImages(context.text)) {
        await ensureImage(daemon, { image, pull: 'missing', log, configDir }, signal);
      }
      try {
        const id = await build(daemon, wish, context, log, signal);
        await log.close();
        return await describe(daemon, id, wish.tags);
      } catch (error) {
        signal.throwIfAborted();
        throw dockerError(error, `build ${wish.name}`, 'image-build-failed');
      }
    },
  };
}

async function build(
  { docker }: DockerDaemon,
  { name, tags, args, labels, target, usesCache }: ImageWish,
  context: BuildContext,
  log: LogSink,
  signal: AbortSignal,
): Promise<string> {
  const [first, ...others] = tags;
  const answer = await docker.buildImage(context.pack(), {
    ...(first !== undefined && { t: first }),
    dockerfile: context.dockerfile,
    buildargs: { ...args },
    labels: { ...labels },
    ...(target === null ? {} : { target }),
    nocache: !usesCache,
    forcerm: true,
    abortSignal: signal,
  });
  let id: string | undefined;
  for await (const { stream, error, aux } of jsonLines<BuildMessage>(answer)) {
    if (stream !== undefined) await log.write('system', Buffer.from(stream));
    id = aux?.ID ?? id;
    if (error === undefined) continue;
    const said = error.trim().replace(/\.$/, '');
    throw new AppError('image-build-failed', `${name} cannot be built: ${said}.`);
  }
  if (id === undefined) throw new Error('the build ended without an image');
  for (const other of others) {
    const { repository, version } = parseImageName(other);
    await docker.getImage(id).tag({ repo: repository, tag: version });
  }
  return id;
}

async function describe({ docker }: DockerDaemon, id: string, tags: readonly string[]): Promise<BuiltImage> {
  const found = await docker.getImage(id).inspect();
  const repositories = new Set(tags.map((tag) => parseImageName(tag).repository));
  const digests = found.RepoDigests.map(parseImageName);
  return {
    id: found.Id,
    digest: digests.find(({ repository }) => repositories.has(repository))?.version ?? null,
    sizeBytes: found.Size,
    layers: found.RootFS.Layers?.length ?? 0,
  };
}

async function contextOf(wish: ImageWish, signal: AbortSignal): Promise<BuildContext> {
  try {
    return await readBuildContext(wish, signal);
  } catch (error) {
    signal.throwIfAborted();
    const message = `${wish.name} cannot be built: ${reasonOf(error)}.`;
    throw new AppError('image-build-failed', message, { cause: error });
  }
}

/** A log that answers for whole lines. */
function linesTo(onLine: (text: string) => Promise<void>): LogSink {
  let rest = '';
  return {
    async write(_stream, chunk) {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) await onLine(line.replace(/\r$/, ''));
    },
    async close() {
      if (rest !== '') await onLine(rest);
      rest = '';
    },
  };
}
