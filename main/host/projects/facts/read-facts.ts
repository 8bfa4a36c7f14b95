import path from 'node:path';
import type { JavaFacts, ProjectFacts } from '#shared/pipeline/templates/project-facts.ts';
import { createFolderReader, type FolderReader } from './folder-reader.ts';
import { type Manifest, readNode } from './read-node.ts';
import { readPython } from './read-python.ts';
import { readSite } from './read-site.ts';

/** Looks for what a first pipeline depends on, in the project's own folder. Runs nothing; a file that makes no sense is passed over. */
export async function readProjectFacts(projectDir: string): Promise<ProjectFacts> {
  const folder = createFolderReader(projectDir);
  const manifest = await readManifest(folder);
  const [node, python, mainBranch, site] = await Promise.all([
    manifest === null ? null : readNode(folder, manifest),
    readPython(folder),
    readMainBranch(folder),
    readSite(folder, manifest),
  ]);
  return {
    name: path.basename(path.resolve(projectDir)),
    platform: process.platform === 'win32' ? 'windows' : 'posix',
    mainBranch,
    node,
    python,
    go: folder.has('go.mod') ? { hasSum: folder.has('go.sum') } : null,
    rust: folder.has('Cargo.toml') ? { hasLock: folder.has('Cargo.lock') } : null,
    maven: javaBuild(folder, ['pom.xml'], 'mvnw'),
    gradle: javaBuild(
      folder,
      ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts'],
      'gradlew',
    ),
    containerFile: folder.firstOf('Dockerfile', 'Containerfile'),
    site,
  };
}

const javaBuild = (folder: FolderReader, files: readonly string[], wrapper: string): JavaFacts | null =>
  folder.firstOf(...files) === null ? null : { hasWrapper: folder.has(wrapper) };

async function readManifest(folder: FolderReader): Promise<Manifest | null> {
  const text = await folder.text('package.json');
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Manifest) : null;
  } catch {
    return null;
  }
}

/** The branch that the remote shows first, else the one that is checked out when it has one of the usual names. */
async function readMainBranch(folder: FolderReader): Promise<string> {
  const remote = await folder.text('.git/refs/remotes/origin/HEAD');
  const named = /^ref: refs\/remotes\/origin\/([\w./-]+)\s*$/.exec(remote ?? '')?.[1];
  if (named !== undefined) return named;
  const head = await folder.text('.git/HEAD');
  return /^ref: refs\/heads\/(master|trunk|develop)\s*$/.exec(head ?? '')?.[1] ?? 'main';
}
