// For the tests of this folder.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runIdOf, type StageId, stageIdOf } from '#shared/lib/ids.ts';
import type { Plan, PlannedStage, WorkspaceMode } from '#shared/pipeline/plan.ts';
import { plan, stage } from '#test/support/plans.ts';
import { createWorkspaces } from './workspaces.ts';

export const RUN = runIdOf('000000000000run1');
export const NEVER = new AbortController().signal;

export interface TempProject extends Disposable {
  /** Holds the other two. */
  readonly dir: string;
  readonly dataDir: string;
  readonly project: string;
}

/** An empty project and a data folder, removed when the test's `using` ends. */
export function tempProject(): TempProject {
  const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'pipewright-vcs-')));
  const dataDir = path.join(dir, 'data');
  const project = path.join(dir, 'project');
  fs.mkdirSync(dataDir);
  fs.mkdirSync(project);
  return { dir, dataDir, project, [Symbol.dispose]: () => fs.rmSync(dir, { recursive: true, force: true }) };
}

/** Runs Git with an identity; answers with its output. */
export function git(cwd: string, ...args: string[]): string {
  const settings = ['user.name=Tester', 'user.email=tester@pipewright.invalid', 'protocol.file.allow=always'];
  const words = ['safe.directory=*', ...settings].flatMap((setting) => ['-c', setting]);
  return execFileSync('git', [...words, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export function commitAll(cwd: string, message: string): void {
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-q', '--allow-empty', '-m', message);
}

export function initRepository(cwd: string): void {
  git(cwd, 'init', '-q', '-b', 'trunk');
}

export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [file, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), content);
  }
}

/** Files and links below a folder, without what is in a `.git` folder. */
export function treeOf(root: string, below = ''): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const entry of fs.readdirSync(path.join(root, below), { withFileTypes: true })) {
    const file = path.join(below, entry.name);
    if (entry.name === '.git') continue;
    else if (entry.isDirectory()) Object.assign(tree, treeOf(root, file));
    else if (entry.isSymbolicLink()) tree[file] = `-> ${fs.readlinkSync(path.join(root, file))}`;
    else tree[file] = fs.readFileSync(path.join(root, file), 'utf8');
  }
  return tree;
}

export function planOf(workspace: WorkspaceMode): Plan {
  return plan([], { workspace });
}

export const stageOf = (id: string): PlannedStage => stage(id, { steps: [] });

export const BUILD: StageId = stageIdOf('build');

/** Prepares a shared workspace of the project and opens it. */
export async function openShared(temp: TempProject, project: string = temp.project): Promise<string> {
  const workspaces = createWorkspaces(temp.dataDir);
  const plan = planOf('shared');
  await workspaces.prepare(RUN, plan, project, NEVER);
  return workspaces.open(RUN, plan, stageOf('build'), 1, project, NEVER);
}
