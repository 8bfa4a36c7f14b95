import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { workspacePath } from '../tools/workspace-path.ts';

/** What was checked out, as a dependency that provenance names (`resolvedDependencies` of SLSA). */
export interface SourceRecord {
  readonly type: 'git' | 'svn' | 'hg';
  /** With the tool in front, as SPDX and SLSA write it: `git+https://host/a.git@refs/heads/main`. */
  readonly uri: string;
  /** `{gitCommit: …}`, or the name and value that the tool has for it. */
  readonly digest: Readonly<Record<string, string>>;
  /** Relative to the stage's folder. */
  readonly dir: string;
  readonly [fact: string]: unknown;
}

/** @throws AppError `path-outside` */
export async function writeSourceFile(
  context: KindContext,
  file: string | undefined,
  record: SourceRecord,
): Promise<void> {
  if (file === undefined) return;
  const { here } = await workspacePath(context, file, 'source-file');
  await mkdir(path.dirname(here), { recursive: true });
  // A link in its place could lead out of the workspace.
  await rm(here, { force: true });
  await writeFile(here, `${JSON.stringify(record, null, 2)}\n`);
}
