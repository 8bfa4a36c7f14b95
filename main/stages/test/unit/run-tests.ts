import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { listOf } from '../../tools/setting-shapes.ts';
import { withScratch } from '../../tools/with-scratch.ts';
import { chooseFiles } from './choose-files.ts';
import { conclude } from './conclude.ts';
import { failingCases, mergeRerun } from './flaky.ts';
import { freshReports } from './fresh-reports.ts';
import { findCoverageWay, pickRunner } from './pick-runner.ts';
import { readProjectFacts } from './project-facts.ts';
import { runPass, type TestPass } from './run-pass.ts';
import type { TestRunSettings } from './settings.ts';

/** More failures than these are no flakiness. */
const MAX_RERUN = 200;

/** Runs tests and judges them: by a command of the user's, or by the runner that the project has. */
export async function runTests(
  settings: TestRunSettings,
  context: KindContext,
  now: () => number,
): Promise<KindResult> {
  const { command } = settings;
  return command === undefined
    ? runByRunner(settings, context, now)
    : runByCommand({ ...settings, command }, context, now);
}

async function runByCommand(
  settings: TestRunSettings & { readonly command: string },
  context: KindContext,
  now: () => number,
): Promise<KindResult> {
  refuseWithCommand(settings);
  const junit = listOf(settings.junit);
  const coverage = listOf(settings.coverage);
  const startedAt = now();
  const exit = await context.exec({ script: settings.command });
  if (junit.length + coverage.length === 0) {
    if (settings['coverage-min'] === undefined && settings['patch-min'] === undefined)
      return { outcome: exit.outcome };
  }
  await context.collectFiles();
  const { reports, issues } = await context.readReports({
    junit: await freshReports(context, junit, startedAt),
    coverage: await freshReports(context, coverage, startedAt),
  });
  const pass: TestPass = {
    exit,
    tests: reports.find((form) => form.type === 'tests')?.report ?? null,
    coverage: reports.find((form) => form.type === 'coverage')?.report ?? null,
    issues,
  };
  const missing = 'Name the coverage file that the command writes in `coverage`';
  return conclude(context, settings, pass, { name: 'the command', wantsTests: junit.length > 0, missing });
}

/** What needs a runner that is called here. */
function refuseWithCommand(settings: TestRunSettings): void {
  const given = (['runner', 'files', 'shard', 'rerun-failed', 'args'] as const).find((key) => {
    const value = settings[key];
    return Array.isArray(value) && key === 'args' ? value.length > 0 : value !== undefined && value !== 0;
  });
  if (given === undefined || (given === 'args' && settings.args.length === 0)) return;
  throw new AppError('usage', `\`${given}\` does not work with a \`command\`, which runs as it is written.`, {
    hint: 'Leave `command` out, so that the runner is called, or say it in the command.',
  });
}

async function runByRunner(
  settings: TestRunSettings,
  context: KindContext,
  now: () => number,
): Promise<KindResult> {
  const picked = await pickRunner(context, await readProjectFacts(context), settings.runner);
  const { runner } = picked;
  const { way, missing } = settings['measure-coverage']
    ? await findCoverageWay(context, picked)
    : { way: null, missing: 'Leave `measure-coverage` out' };
  const { files, args } = await chooseFiles(context, picked, settings);
  const again = settings['rerun-failed'];
  return withScratch(context, async (scratch) => {
    const all = [...args, ...settings.args];
    let pass = await runPass(context, picked, scratch, {
      ...{ number: 1, files, cases: [], args: all, coverage: way, startedAt: now() },
    });
    for (let attempt = 2; attempt <= again + 1; attempt += 1) {
      const { tests } = pass;
      const cases = tests === null ? [] : failingCases(tests);
      if (tests === null || cases.length === 0) break;
      if (!runner.canRerun || cases.length > MAX_RERUN) {
        await context.say(`does not run ${cases.length} failed tests again: so many are not flaky`);
        break;
      }
      await context.say(
        `runs ${cases.length === 1 ? 'a failed test' : `${cases.length} failed tests`} again`,
      );
      const rerun = await runPass(context, picked, scratch, {
        ...{ number: attempt, files, cases: cases.map((one) => inFolder(context, one)), args: all },
        ...{ coverage: null, startedAt: now() },
      });
      if (rerun.tests === null) break;
      const merged = mergeRerun(tests, rerun.tests, attempt);
      const isHealed = failingCases(merged).length === 0;
      pass = { ...pass, tests: merged, ...(isHealed && { exit: rerun.exit }) };
    }
    return conclude(context, settings, pass, { name: runner.tool.name, wantsTests: true, missing });
  });
}

/** Reports name files from the workspace, runners from their folder. */
function inFolder<Case extends { readonly file: string | null }>(
  { workspace, cwd }: KindContext,
  one: Case,
): Case {
  const below = cwd.slice(workspace.length).replaceAll('\\', '/').replace(/^\//, '');
  if (one.file === null || below === '' || !one.file.startsWith(`${below}/`)) return one;
  return { ...one, file: one.file.slice(below.length + 1) };
}
