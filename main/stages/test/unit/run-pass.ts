import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext, ToolExit } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { Issue } from '#shared/lib/issue.ts';
import type { Coverage } from '#shared/reports/coverage.ts';
import type { TestReport } from '#shared/reports/test-report.ts';
import { lastWords } from '../../tools/run-adapter.ts';
import type { Scratch } from '../../tools/with-scratch.ts';
import { freshReports } from './fresh-reports.ts';
import type { CoverageWay, PickedRunner } from './pick-runner.ts';
import type { RunnerRequest } from './runner.ts';
import { withWorkspacePaths } from './workspace-paths.ts';

/** What one call of the tests came to. */
export interface TestPass {
  readonly exit: ToolExit;
  /** Null: nothing was reported. */
  readonly tests: TestReport | null;
  readonly coverage: Coverage | null;
  readonly issues: readonly Issue[];
}

export interface PassRequest extends Pick<RunnerRequest, 'files' | 'cases' | 'args'> {
  /** 1, 2, …: each has files of its own in the scratch folder. */
  readonly number: number;
  readonly coverage: CoverageWay | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/**
 * Calls a runner once and reads what it wrote.
 * @throws AppError `kind-failed` when it failed and wrote no results
 */
export async function runPass(
  context: KindContext,
  { runner, found }: PickedRunner,
  scratch: Scratch,
  pass: PassRequest,
): Promise<TestPass> {
  const { separator } = context.paths;
  const folder = `pass-${pass.number}`;
  const here = path.join(scratch.dir, folder);
  await mkdir(here, { recursive: true });
  const seen = [scratch.seen, folder].join(separator);
  if (!context.sharesFiles) await context.exec({ argv: ['mkdir', '-p', seen], silent: 'both' });
  const request: RunnerRequest = {
    ...pass,
    scratch: (file) => [seen, file].join(separator),
    withCoverage: pass.coverage !== null,
  };
  const config = runner.config?.(request.scratch);
  if (config !== undefined) await writeFile(path.join(here, config.file), config.text);
  const exit = await context.exec({
    argv: [...commandOf(pass.coverage, runner.coverage, request), ...found.command, ...runner.argv(request)],
    ...(runner.env && { env: runner.env(request) }),
  });
  await context.collectFiles();
  const below = path.relative(context.workspace, here).replaceAll(path.sep, '/');
  const results = await readResults(context, runner, exit, here, below, pass.startedAt);
  if (results.tests === null && exit.exitCode !== 0) {
    const code = exit.exitCode === null ? 'was ended by a signal' : `ended with exit code ${exit.exitCode}`;
    const message = `${runner.tool.name} ${code} and reported no test.${lastWords(exit)}`;
    throw new AppError('kind-failed', message, {
      hint: 'Look at the log, and try the command that it shows.',
    });
  }
  return { exit, ...results };
}

function commandOf(
  way: CoverageWay | null,
  coverage: PickedRunner['runner']['coverage'],
  request: RunnerRequest,
): readonly [string, ...string[]] | readonly [] {
  const needs = coverage?.needs;
  if (way?.wrapping == null || needs === undefined || !('wrapping' in needs)) return [];
  return [...way.wrapping.command, ...needs.argv(request)];
}

async function readResults(
  context: KindContext,
  { results, coverage: measured, tool }: PickedRunner['runner'],
  exit: ToolExit,
  here: string,
  below: string,
  startedAt: number,
): Promise<Omit<TestPass, 'exit'>> {
  const junit =
    results.type === 'scratch'
      ? [`${below}/${results.file}`]
      : results.type === 'workspace'
        ? await freshReports(context, results.globs, startedAt)
        : [];
  const globs = measured?.globs ?? [];
  const coverage =
    measured?.from === 'workspace'
      ? await freshReports(context, globs, startedAt)
      : await writtenFiles(here, globs).then((files) => files.map((file) => `${below}/${file}`));
  const { reports, issues } = await context.readReports({ junit, coverage });
  const shown = issues.filter(({ code }) => code !== 'no-reports-found');
  const unreadable = shown.find(({ severity, path }) => severity === 'error' && junit.includes(path));
  if (unreadable !== undefined) throw new AppError('kind-failed', `${tool.name}: ${unreadable.message}`);
  const [forms, ownIssues] = await readOwn(context, results, exit, here, tool.name);
  const all = [...reports, ...forms];
  const tests = all.find((form) => form.type === 'tests')?.report ?? null;
  return {
    ...withWorkspacePaths(context, {
      tests: tests && withoutScratchNames(tests, below, tool.name),
      coverage: all.find((form) => form.type === 'coverage')?.report ?? null,
    }),
    issues: [...shown, ...ownIssues],
  };
}

/** A report without any file is shorter: `TN:`. */
const MIN_COVERAGE_BYTES = 10;

/** Those that have something in them: without tests of any code, runners leave an empty report. */
async function writtenFiles(here: string, files: readonly string[]): Promise<readonly string[]> {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(path.join(here, file)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return files.filter((_, index) => sizes[index]! >= MIN_COVERAGE_BYTES);
}

/** Tests outside of suites have the name of their report, which is another for each pass. */
const withoutScratchNames = (tests: TestReport, below: string, name: string): TestReport => ({
  ...tests,
  suites: tests.suites.map((suite) => (suite.name.startsWith(`${below}/`) ? { ...suite, name } : suite)),
});

type Forms = Awaited<ReturnType<KindContext['readReports']>>['reports'];

/** What is not in files that the reports' port reads. */
async function readOwn(
  context: KindContext,
  results: PickedRunner['runner']['results'],
  exit: ToolExit,
  here: string,
  name: string,
): Promise<readonly [Forms, readonly Issue[]]> {
  if (results.type === 'stdout') {
    const parsed = await context.parseReport(Buffer.from(exit.stdout), 'tests', `the output of ${name}`);
    return [parsed.form === null ? [] : [parsed.form], parsed.form === null ? [] : parsed.issues];
  }
  if (results.type !== 'own') return [[], []];
  const text =
    results.file === null
      ? exit.stdout
      : await readFile(path.join(here, results.file), 'utf8').catch(() => null);
  if (text === null) return [[], []];
  try {
    return [[{ type: 'tests', report: results.read(text, exit) }], []];
  } catch (error) {
    throw new AppError(
      'kind-failed',
      `The results of ${name} could not be read: they have another form than expected.`,
      {
        hint: 'Its version may be too new or too old; give a `command` that writes JUnit XML instead.',
        cause: error,
      },
    );
  }
}
