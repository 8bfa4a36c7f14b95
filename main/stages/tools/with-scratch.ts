import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';

/** A folder of a step's own below the workspace, for what a tool can only write to or read from a file. */
export interface Scratch {
  /** On this machine, absolute; what commands wrote is there after `context.collectFiles()`. */
  readonly dir: string;
  /** The same as commands see it. */
  readonly seen: string;
}

/** Below this name nothing belongs to the project. */
export const SCRATCH_ROOT = '.pipewright-scratch';

/** Makes the folder, and removes it when `use` has settled. */
export async function withScratch<Result>(
  context: KindContext,
  use: (scratch: Scratch) => Promise<Result>,
): Promise<Result> {
  const name = `${context.stage}-${context.attempt}`.replaceAll(/[^\w-]/g, '-');
  const root = path.join(context.workspace, SCRATCH_ROOT);
  const dir = path.join(root, name);
  const { separator } = context.paths;
  const seen = [context.seen.workspace, SCRATCH_ROOT, name].join(separator);
  await mkdir(dir, { recursive: true });
  if (!context.sharesFiles) await context.exec({ argv: ['mkdir', '-p', seen], silent: 'both' });
  try {
    return await use({ dir, seen });
  } finally {
    await rm(dir, { recursive: true, force: true });
    // Another stage may be at work beside this one.
    await rm(root, { recursive: false, force: true }).catch(() => undefined);
  }
}
