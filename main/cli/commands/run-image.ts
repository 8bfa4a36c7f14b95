import os from 'node:os';
import { findProjectImage, type ProjectImage } from '#main/host/projects/project-image.ts';
import type { LogSink } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { containerOf, type PlannedContainer } from '#shared/pipeline/plan-place.ts';
import type { CliContext } from '../context.ts';
import { onSignals } from '../on-signals.ts';

export interface ImageOptions {
  /** `--image`; absent: as the project says. */
  readonly image?: string | undefined;
  /** Nothing is built, and no daemon is asked. */
  readonly dryRun?: boolean | undefined;
}

/**
 * The container in which the stages of `run --executor docker` run: of the image that was named, else of the project's own,
 * which is built here unless one of the same content is there.
 * @returns null when a signal came before it was ready
 * @throws AppError `usage` when there is no image; what `buildImage` and `findProjectImage` throw
 */
export async function containerForRun(
  context: CliContext,
  { image, dryRun = false }: ImageOptions,
): Promise<PlannedContainer | null> {
  if (image !== undefined) return containerOf(image);
  const found = await findProjectImage(context.projectDir, context.env);
  if (found === null)
    throw new AppError(
      'usage',
      'The project has no devcontainer.json and no Dockerfile to take an image from.',
      {
        hint: 'Name one with --image, such as --image node:24.',
      },
    );
  if (found.type === 'image') return { ...containerOf(found.image), env: found.env };
  const abort = new AbortController();
  const stopSignals = onSignals(() => abort.abort());
  try {
    const name = await build(context, found, dryRun, abort.signal);
    return { ...containerOf(name), env: found.env, pull: 'never' };
  } catch (error) {
    if (abort.signal.aborted) return null;
    throw error;
  } finally {
    stopSignals();
  }
}

async function build(
  { output, env }: CliContext,
  found: Extract<ProjectImage, { type: 'build' }>,
  isDry: boolean,
  signal: AbortSignal,
): Promise<string> {
  const { buildImage, builtImageName } = await import('#main/executors/docker/build-image.ts');
  const { contextDir, dockerfile, args, target, from: name } = found;
  const wish = { contextDir, dockerfile, args, target, name };
  if (isDry) return builtImageName(wish, signal);
  const { connectDocker } = await import('#main/executors/docker/docker-client.ts');
  const { dockerConfigDir } = await import('#main/executors/docker/find-daemon.ts');
  const configDir = dockerConfigDir({ env, home: os.homedir() });
  const lines = createLines((line) => output.note(line));
  const tag = await buildImage(await connectDocker(), { ...wish, configDir, log: lines }, signal);
  await lines.close();
  return tag;
}

/** Hands on whole lines. */
function createLines(show: (line: string) => void): LogSink {
  let rest = '';
  return {
    write(_stream, chunk) {
      const lines = (rest + chunk.toString('utf8')).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) show(line);
      return undefined;
    },
    close() {
      if (rest !== '') show(rest);
      rest = '';
      return Promise.resolve();
    },
  };
}
