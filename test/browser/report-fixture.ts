import { execFile } from 'node:child_process';
import { appendFile, cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { REPORT_COMMITS, type SeededCommit } from './report-commits.ts';
import type { Served } from './served.ts';

const exec = promisify(execFile);
const CLI = path.resolve(import.meta.dirname, '../../out/main/cli.cjs');
const PROJECT = path.resolve(import.meta.dirname, '../fixtures/reports-project');

export interface SeededRuns {
  readonly projectDir: string;
  /** Of each commit one, oldest first. */
  readonly runIds: readonly string[];
}

/** Makes a project under version control, and for each commit runs its pipeline by the command line beside the host. */
export async function seedReports(
  served: Pick<Served, 'dir'>,
  commits: readonly SeededCommit[] = REPORT_COMMITS,
): Promise<SeededRuns> {
  const projectDir = path.join(served.dir, 'shop');
  await cp(PROJECT, projectDir, { recursive: true });
  await git(projectDir, 'init', '--quiet', '--initial-branch=main');
  const runIds: string[] = [];
  for (const commit of commits) {
    await make(projectDir, commit);
    runIds.push(await run(served.dir, projectDir));
  }
  return { projectDir, runIds };
}

async function make(dir: string, { message, author, append, results }: SeededCommit): Promise<void> {
  for (const [file, text] of Object.entries(append)) await appendFile(path.join(dir, file), text);
  await writeFile(path.join(dir, 'results.json'), JSON.stringify(results, null, 2));
  await git(dir, 'add', '.');
  const email = `${author.toLowerCase().replace(' ', '.')}@example.test`;
  await git(
    dir,
    '-c',
    `user.name=${author}`,
    '-c',
    `user.email=${email}`,
    'commit',
    '--quiet',
    '-m',
    message,
  );
}

const git = (dir: string, ...words: readonly string[]) =>
  exec('git', ['-c', 'commit.gpgsign=false', ...words], { cwd: dir });

/** A run that fails ends the command with 1, which is no fault here. */
async function run(root: string, projectDir: string): Promise<string> {
  const words = [
    '--data',
    path.join(root, 'data'),
    '--project',
    projectDir,
    '--format',
    'ndjson',
    'run',
    '--trust',
  ];
  const ended = await exec(process.execPath, [CLI, ...words], {
    env: { ...process.env, HOME: root },
    maxBuffer: 64_000_000,
  }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 1 && 'stdout' in error)
      return { stdout: String(error.stdout) };
    throw error;
  });
  const last = JSON.parse(ended.stdout.trim().split('\n').at(-1) ?? '') as { runId: string };
  return last.runId;
}
