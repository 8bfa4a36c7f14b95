import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { StageId } from '#shared/lib/ids.ts';
import { matchingFiles } from '../../tools/matching-files.ts';
import { listOf } from '../../tools/setting-shapes.ts';
import { nothingChecked } from '../../tools/verdict.ts';
import type { PickedRunner } from './pick-runner.ts';
import type { TestRunSettings } from './settings.ts';
import { durationsByFile, filesOfShard, parseShard } from './shards.ts';

/** The files and arguments that say which tests of the project run: all unless `files` or `shard` say otherwise. */
export interface Choice {
  /** Relative to the kind's folder; empty: all that the runner finds. */
  readonly files: readonly string[];
  readonly args: readonly string[];
}

/** @throws AppError `usage` when the runner takes no list of files, `kind-failed` when no file is left */
export async function chooseFiles(
  context: KindContext,
  picked: PickedRunner,
  settings: Pick<TestRunSettings, 'files' | 'shard'>,
): Promise<Choice> {
  const { runner } = picked;
  const shard = settings.shard === undefined ? null : parseShard(settings.shard);
  if (settings.files === undefined && shard === null) return { files: [], args: [] };
  if (shard !== null && settings.files === undefined && runner.shardArgs !== undefined) {
    return { files: [], args: runner.shardArgs(shard) };
  }
  if (runner.files === null) {
    const setting = shard === null ? 'files' : 'shard';
    throw new AppError(
      'usage',
      `\`${setting}\` does not work with ${runner.tool.name}, which takes no list of files.`,
      {
        hint: 'Choose the tests by `args`.',
      },
    );
  }
  const files =
    settings.files === undefined
      ? await filesOfRunner(context, picked)
      : await matchingFiles(context, listOf(settings.files), 'files');
  if (files.length === 0) nothingChecked('no test file was found', 'Look at `files`.');
  if (shard === null) return { files, args: [] };
  const durations = pastDurations(context);
  const below = path.relative(context.workspace, context.cwd).replaceAll(path.sep, '/');
  const mine = filesOfShard(
    files,
    shard,
    (file) => durations.get(below === '' ? file : `${below}/${file}`) ?? durations.get(file),
  );
  if (mine.length === 0) {
    const parts = `part ${shard.index} of ${shard.count} has no test file: there are only ${files.length}`;
    nothingChecked(parts, `Make fewer parts.`);
  }
  await context.say(`part ${shard.index} of ${shard.count}: ${mine.length} of ${files.length} test files`);
  return { files: mine, args: [] };
}

async function filesOfRunner(
  context: KindContext,
  { runner, found }: PickedRunner,
): Promise<readonly string[]> {
  const { files } = runner;
  if (files === null) return [];
  if ('globs' in files) return matchingFiles(context, files.globs, 'files');
  const exit = await context.exec({ argv: [...found.command, ...files.argv], silent: 'stdout' });
  if (exit.exitCode !== 0) {
    throw new AppError('kind-failed', `${runner.tool.name} could not list its test files.`, {
      hint: 'Give them in `files`.',
    });
  }
  const { seen } = context;
  return exit.stdout
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((file) => {
      const slashed = file.replaceAll('\\', '/');
      const root = `${seen.cwd.replaceAll('\\', '/')}/`;
      return slashed.startsWith(root) ? slashed.slice(root.length) : slashed;
    })
    .sort();
}

/** From the newest run before: of the stage itself and, in a matrix, of its other legs, among which the files move. */
function pastDurations(context: KindContext): ReadonlyMap<string, number> {
  const { plan } = context.state();
  const own = plan.stages.find(({ id }) => id === context.stage);
  const legs: readonly StageId[] =
    own?.leg == null
      ? [context.stage]
      : plan.stages.filter(({ leg }) => leg?.of === own.leg?.of).map(({ id }) => id);
  const reports = legs.flatMap((stage) => context.baseline(null, stage));
  return durationsByFile(reports.flatMap((form) => (form.type === 'tests' ? [form.report] : [])));
}
