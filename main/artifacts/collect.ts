import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { CollectedArtifact } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { forEachLimited } from '#shared/lib/for-each-limited.ts';
import type { Issue, IssueSeverity } from '#shared/lib/issue.ts';
import { reasonOf } from '#shared/lib/system-error.ts';
import type { PlannedArtifact } from '#shared/pipeline/plan.ts';
import type { Blobs, StoredFile } from './blobs.ts';
import { crawlWorkspace } from './crawl-workspace.ts';
import { staysInside } from './inside-folder.ts';
import { EXECUTABLE_MODE, type ManifestFile, PLAIN_MODE, storeManifest } from './manifest.ts';

const OPEN_FILES = 32;
/** How long small files are read before others get their turn. */
const SLICE_MS = 8;

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

  const files = await storeFiles(blobs, workspace, crawl.files, signal);
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

async function storeFiles(
  blobs: Blobs,
  workspace: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ManifestFile[]> {
  const files: ManifestFile[] = [];
  const large: string[] = [];
  const batch = blobs.startBatch();
  try {
    let sliceEnd = performance.now() + SLICE_MS;
    for (const relative of paths) {
      try {
        const stored = batch.putFile(`${workspace}/${relative}`);
        if (stored) files.push(listed(relative, stored));
        else large.push(relative);
      } catch (error) {
        ignoreIfGone(workspace, relative, error);
      }
      if (performance.now() < sliceEnd) continue;
      await setImmediate();
      await batch.rest();
      signal.throwIfAborted();
      sliceEnd = performance.now() + SLICE_MS;
    }
    await batch.finish();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError) throw error;
    throw new AppError('artifact-failed', `Its files could not be stored: ${reasonOf(error)}.`, {
      cause: error,
    });
  } finally {
    await batch.discard();
  }
  await forEachLimited(large, OPEN_FILES, async (relative) => {
    signal.throwIfAborted();
    const file = path.join(workspace, relative);
    try {
      const { mode } = await fsp.stat(file);
      files.push(listed(relative, { ...(await blobs.putFile(file, signal)), mode }));
    } catch (error) {
      signal.throwIfAborted();
      ignoreIfGone(workspace, relative, error);
    }
  });
  return files;
}

function listed(relative: string, { sha256, sizeBytes, mode }: StoredFile): ManifestFile {
  return { path: relative, sha256, sizeBytes, mode: mode & 0o111 ? EXECUTABLE_MODE : PLAIN_MODE };
}

/** Other stages may work in the same workspace. @throws AppError `artifact-failed` when it is not gone */
function ignoreIfGone(workspace: string, relative: string, error: unknown): void {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  if (isMissing && !fs.existsSync(path.join(workspace, relative))) return;
  throw new AppError('artifact-failed', `The file ${relative} could not be stored: ${reasonOf(error)}.`, {
    cause: error,
  });
}
