import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { requireTool } from '../tools/require-tool.ts';
import type { Tool } from '../tools/tool.ts';
import { withScratch } from '../tools/with-scratch.ts';

export const GIT: Tool = { name: 'git', bins: ['git'], install: 'apt install git, or git-scm.com' };

/** Files of the kind's folder as they are at one moment; null: not there. */
export type Snapshot = ReadonlyMap<string, Buffer | null>;

const MANIFESTS = ['package.json', 'package-lock.json', 'npm-shrinkwrap.json'];

export async function snapshotOf({ cwd }: Pick<KindContext, 'cwd'>): Promise<Snapshot> {
  const files = new Map<string, Buffer | null>();
  for (const name of MANIFESTS) files.set(name, await readFile(path.join(cwd, name)).catch(() => null));
  return files;
}

/** Puts back what a snapshot has. */
export async function restore({ cwd }: Pick<KindContext, 'cwd'>, snapshot: Snapshot): Promise<void> {
  for (const [name, bytes] of snapshot) {
    if (bytes === null) await rm(path.join(cwd, name), { force: true });
    else await writeFile(path.join(cwd, name), bytes);
  }
}

/**
 * What changed between two snapshots, as `git apply` takes it in the workspace's root; '' when nothing did.
 * @throws AppError `tool-missing`, `kind-failed`
 */
export async function patchBetween(context: KindContext, before: Snapshot, after: Snapshot): Promise<string> {
  const git = await requireTool(context, [GIT], 'write a patch');
  const prefix = path.relative(context.workspace, context.cwd);
  return withScratch(context, async ({ dir }) => {
    for (const [side, snapshot] of [
      ['a', before],
      ['b', after],
    ] as const) {
      await mkdir(path.join(dir, side, prefix), { recursive: true });
      for (const [name, bytes] of snapshot) {
        if (bytes !== null) await writeFile(path.join(dir, side, prefix, name), bytes);
      }
    }
    const args = [
      'diff',
      '--no-index',
      '--no-prefix',
      '--no-ext-diff',
      '--no-color',
      '--text',
      '--',
      'a',
      'b',
    ];
    const scratch = path.relative(context.cwd, dir);
    const exit = await context.exec({ argv: [...git.command, ...args], in: scratch, silent: 'stdout' });
    if (exit.exitCode === 0 || exit.exitCode === 1) return exit.stdout;
    throw new AppError('kind-failed', 'git could not compare the lock files.', {
      hint: 'Look at the log of the stage for what it said.',
    });
  });
}

/** Hex SHA-256 of the lock file; '' without one. */
export function lockHashOf(snapshot: Snapshot): string {
  const lock = snapshot.get('npm-shrinkwrap.json') ?? snapshot.get('package-lock.json');
  return lock ? createHash('sha256').update(lock).digest('hex') : '';
}
