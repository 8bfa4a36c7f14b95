import fsp from 'node:fs/promises';
import path from 'node:path';
import type { CollectedArtifact } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { forEachLimited } from '#shared/lib/for-each-limited.ts';
import type { Issue, IssueSeverity } from '#shared/lib/issue.ts';
import { reasonOf } from '#shared/lib/system-error.ts';
import type { PlannedArtifact } from '#shared/pipeline/plan.ts';
import type { Blobs } from './blobs.ts';
import { crawlWorkspace } from './crawl-workspace.ts';
import { staysInside } from './inside-folder.ts';
import { EXECUTABLE_MODE, type ManifestFile, PLAIN_MODE, storeManifest } from './manifest.ts';

const OPEN_FILES = 32;

/**
 * Stores the files that an artifact's globs match. A folder stands for its content; files whose name starts with a dot
 * are matched only by a pattern that writes the dot. Links are stored as what they point to, if that is in the workspace.
 * @throws AppError `artifact-failed`; the signal's reason
 */
export async function collectArtifact(
  blobs: Blobs,
  workspace: string,
  artifact: PlannedArtifact,
  signal: AbortSignal,
): Promise<CollectedArtifact> {
  signal.throwIfAborted();
  const issues: Issue[] = [];
  const note = (
    code: string,
    severity: IssueSeverity,
    at: string,
    message: string,
    hint: string | null,
  ): void => {
    issues.push({ code, severity, path: at, line: null, column: null, message, hint });
  };
  const patterns = artifact.paths.filter((pattern) => {
    if (staysInside(pattern.replace(/^!/, ''))) return true;
    const message = `Artifact ${artifact.name}: the path ${pattern} leaves the workspace.`;
    note('path-outside', 'error', pattern, message, 'Use a path relative to the workspace.');
    return false;
  });
  const crawl = await crawlWorkspace(workspace, patterns, signal);
  for (const link of crawl.outside) {
    const message = `Artifact ${artifact.name}: the link ${link} leads out of the workspace.`;
    note('path-outside', 'error', link, message, `Exclude it with "!${link}", or copy what it points to.`);
  }
  for (const link of crawl.unusable) {
    const message = `Artifact ${artifact.name}: the link ${link} leads nowhere or to a folder that it lies in.`;
    note('link-unusable', 'warning', link, message, `Exclude it with "!${link}".`);
  }
  for (const folder of crawl.unreadable) {
    const message = `Artifact ${artifact.name}: the folder ${folder || '.'} cannot be read.`;
    note('folder-unreadable', 'warning', folder || '.', message, null);
  }

  const files: ManifestFile[] = [];
  await forEachLimited(crawl.files, OPEN_FILES, async (file) => {
    signal.throwIfAborted();
    const stored = await storeFile(blobs, workspace, file, signal);
    if (stored) files.push(stored);
  });
  if (files.length > 0) {
    const stored = await storeManifest(blobs, artifact.name, files);
    const { retentionMs } = artifact;
    return { artifact: retentionMs === undefined ? stored : { ...stored, retentionMs }, issues };
  }

  if (artifact.ifNoFilesFound !== 'ignore' && !issues.some(({ severity }) => severity === 'error')) {
    const severity = artifact.ifNoFilesFound === 'error' ? 'error' : 'warning';
    const message = `Artifact ${artifact.name}: no file matches ${artifact.paths.join(', ')}.`;
    note(
      'artifact-empty',
      severity,
      artifact.paths[0] ?? '.',
      message,
      'Paths are relative to the workspace.',
    );
  }
  return { artifact: null, issues };
}

/** Null for a file that is gone: other stages may work in the same workspace. */
async function storeFile(
  blobs: Blobs,
  workspace: string,
  relative: string,
  signal: AbortSignal,
): Promise<ManifestFile | null> {
  const file = path.join(workspace, relative);
  try {
    const { mode } = await fsp.stat(file);
    const blob = await blobs.putFile(file, signal);
    return { path: relative, ...blob, mode: mode & 0o111 ? EXECUTABLE_MODE : PLAIN_MODE };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      if (
        await fsp.access(file).then(
          () => false,
          () => true,
        )
      )
        return null;
    }
    throw new AppError('artifact-failed', `The file ${relative} could not be stored: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}
