import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import type { PlannedArtifact } from '#shared/pipeline/plan.ts';

/** Globs of the kind's folder as an artifact, whose globs are relative to the workspace. */
export function artifactOf(
  { cwd, workspace }: Pick<KindContext, 'cwd' | 'workspace'>,
  name: string,
  globs: readonly string[],
): PlannedArtifact {
  const prefix = path.relative(workspace, cwd).replaceAll(path.sep, '/');
  const paths = globs.map((glob) => {
    if (prefix === '') return glob;
    return glob.startsWith('!') ? `!${prefix}/${glob.slice(1)}` : `${prefix}/${glob}`;
  });
  return { name, paths, ifNoFilesFound: 'error' };
}
