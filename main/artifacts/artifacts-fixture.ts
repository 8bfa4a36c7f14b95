// For the tests of this folder.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PlannedArtifact } from '#shared/pipeline/plan.ts';
import { type Blobs, createBlobs } from './blobs.ts';

export interface Folders extends Disposable {
  readonly dir: string;
  readonly dataDir: string;
  readonly workspace: string;
  readonly target: string;
  readonly blobs: Blobs;
}

/** A data folder, a workspace and a folder to place into, removed when the test's `using` ends. */
export function tempFolders(): Folders {
  const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'pipewright-artifacts-')));
  const [dataDir, workspace, target] = ['data', 'workspace', 'target'].map((name) =>
    path.join(dir, name),
  ) as [string, string, string];
  fs.mkdirSync(workspace);
  fs.mkdirSync(target);
  return {
    dir,
    dataDir,
    workspace,
    target,
    blobs: createBlobs(dataDir),
    [Symbol.dispose]: () => fs.rmSync(dir, { recursive: true, force: true }),
  };
}

export function writeFiles(root: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [file, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), content);
  }
}

/** Every file below a folder with its content; links are followed. */
export function readFiles(root: string): Record<string, string> {
  const files = fs.readdirSync(root, { recursive: true, encoding: 'utf8' });
  const entries = files.filter((file) => fs.statSync(path.join(root, file)).isFile());
  return Object.fromEntries(
    entries.toSorted().map((file) => [file, fs.readFileSync(path.join(root, file), 'utf8')]),
  );
}

export function artifactOf(...paths: readonly string[]): PlannedArtifact {
  return { name: 'package', paths, ifNoFilesFound: 'error' };
}

export const NEVER = new AbortController().signal;
