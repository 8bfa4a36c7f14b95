import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import type { ArtifactOrigin } from '#main/engine/repository-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import type { KindServices } from '../../services.ts';
import { listOf } from '../../tools/setting-shapes.ts';
import { workspacePath } from '../../tools/workspace-path.ts';
import type { PublishFilesSettings } from '../files.ts';

export const originOf = ({ run, stage }: Pick<KindContext, 'run' | 'stage'>): ArtifactOrigin => ({
  runId: run.id,
  stage,
  project: run.project,
  commit: run.git?.commit ?? null,
});

/** Publishes files as a version of a package of the local repository. */
export async function publishLocally(
  given: PublishFilesSettings,
  context: KindContext,
  services: KindServices,
): Promise<KindResult> {
  const { name, version, channel, labels } = given;
  const { repository, artifacts } = services;
  for (const [key, value] of [
    ['name', name],
    ['version', version],
  ] as const) {
    if (value === '') throw new AppError('usage', `\`${key}\` is missing: the local repository needs it.`);
  }
  const paths = listOf(given.paths);
  const planned = { name, paths, ifNoFilesFound: 'error' as const };
  const { artifact, issues } = await artifacts.collect(context.cwd, planned, context.signal);
  const fault = issues.find(({ severity }) => severity === 'error');
  if (artifact === null || fault !== undefined) {
    throw new AppError('kind-failed', fault?.message ?? `No file matches ${paths.join(', ')}.`, {
      hint: fault?.hint ?? 'Look at `paths`; they are relative to the folder of the stage.',
    });
  }
  const digest = `sha256:${artifact.sha256}`;
  const outputs = { digest, url: `${name}@${version}` };
  const size = `${artifact.fileCount} ${artifact.fileCount === 1 ? 'file' : 'files'}, ${formatSize(artifact.sizeBytes)}`;
  if (given['dry-run']) {
    await context.say(`would publish ${name} ${version} (${size}, ${digest})`);
    return { outcome: SUCCEEDED, outputs: { ...outputs, published: '0' }, issues };
  }
  const [sbom, provenance] = [
    await keep(given.sbom, 'sbom', context, services),
    await keep(given.provenance, 'provenance', context, services),
  ];
  const names = await services.identities(context.run.projectDir);
  const status = await repository.publish(
    { name, version, sha256: artifact.sha256, labels, origin: originOf(context), sbom, provenance },
    names,
  );
  await context.say(
    `${status === 'published' ? 'published' : 'was there already:'} ${name} ${version} (${size}, ${digest})`,
  );
  if (channel !== '') {
    const { from } = repository.promote({ name, channel, version }, names);
    await context.say(
      `the channel ${channel} points to ${version}${from === null || from === version ? '' : ` (before: ${from})`}`,
    );
  }
  const published = status === 'published' ? artifact.fileCount : 0;
  return { outcome: SUCCEEDED, outputs: { ...outputs, published: String(published) }, issues };
}

/** Stores a file of the workspace. @returns its SHA-256; null: none was named */
export async function keep(
  file: string,
  setting: string,
  context: KindContext,
  { blobs }: KindServices,
): Promise<string | null> {
  if (file === '') return null;
  const { here, relative } = await workspacePath(context, file, setting);
  try {
    return (await blobs.putFile(here, context.signal)).sha256;
  } catch (error) {
    context.signal.throwIfAborted();
    throw new AppError('kind-failed', `\`${setting}\`: ${relative} cannot be read.`, { cause: error });
  }
}
