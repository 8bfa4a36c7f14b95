import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { SCRATCH_ROOT, withScratch } from '../tools/with-scratch.ts';
import type { StyleTool } from './adapters/style-tool.ts';
import { batchesOf } from './findings/batches.ts';
import type { ChosenTool } from './findings/choose-tools.ts';
import type { FilesToCheck } from './findings/file-tool.ts';

/**
 * Lets tools mend what they can, one after the other, in the workspace.
 * @returns what they changed, as a patch that `git apply` takes in the stage's folder; '' when nothing
 */
export async function mend(
  context: KindContext,
  chosen: readonly ChosenTool<FilesToCheck, StyleTool>[],
  args: readonly string[],
): Promise<string> {
  const files = [...new Set(chosen.flatMap((one) => one.files))];
  const before = new Map<string, Buffer>();
  for (const file of files) before.set(file, await readFile(path.join(context.cwd, file)));
  for (const { row, found, files: own } of chosen) {
    for (const batch of batchesOf(own, context.paths.separator)) {
      const [program, ...prefix] = found.command;
      const rest = row.fix({ files: batch, args });
      await context.exec({ argv: [program, ...prefix, ...rest], silent: 'stdout' });
    }
  }
  const changed: string[] = [];
  for (const [file, bytes] of before) {
    const now = await readFile(path.join(context.cwd, file)).catch(() => null);
    if (now === null || !now.equals(bytes)) changed.push(file);
  }
  return changed.length === 0 ? '' : diffOf(context, changed, before);
}

/** Git compares two folders, `a` and `b`, so that the names in its patch are those that a patch has. */
function diffOf(
  context: KindContext,
  files: readonly string[],
  before: ReadonlyMap<string, Buffer>,
): Promise<string> {
  return withScratch(context, async ({ dir, seen }) => {
    for (const file of files) {
      const [old, now] = [path.join(dir, 'a', file), path.join(dir, 'b', file)];
      await mkdir(path.dirname(old), { recursive: true });
      await mkdir(path.dirname(now), { recursive: true });
      await writeFile(old, before.get(file) ?? '');
      await cp(path.join(context.cwd, file), now);
    }
    const { exitCode, stdout } = await context.exec({
      argv: ['git', '-C', seen, 'diff', '--no-index', '--no-prefix', '--no-color', '--no-ext-diff', 'a', 'b'],
      silent: 'stdout',
    });
    if (exitCode === 1) return stdout;
    throw new AppError(
      'kind-failed',
      'What was mended could not be made into a patch: Git did not compare it.',
      {
        hint: `Is Git installed? Look at the log. ${SCRATCH_ROOT} is where it compares.`,
      },
    );
  });
}
