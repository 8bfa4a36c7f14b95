import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import type { Issue } from '#shared/lib/issue.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { patchCoverage, type PatchCoverage } from '#shared/reports/patch-coverage.ts';
import type { TestReport } from '#shared/reports/test-report.ts';
import { type Outcome, SUCCEEDED } from '#shared/run/outcome.ts';
import { metric, metricsForm } from '../../tools/forms.ts';
import { failed, judgeTests, nothingChecked } from '../../tools/verdict.ts';
import { findChanges } from './find-changes.ts';
import { flakyCases } from './flaky.ts';
import { describeMissed, judgeCoverage, judgePatch } from './judge-coverage.ts';
import type { TestPass } from './run-pass.ts';
import type { TestRunSettings } from './settings.ts';

const MAX_FLAKY_ISSUES = 20;

interface About {
  /** Of what ran, for sentences. */
  readonly name: string;
  /** False: only coverage was asked for, and the exit code says whether tests failed. */
  readonly wantsTests: boolean;
  /** How coverage could be measured. */
  readonly missing: string;
}

/**
 * What a run of tests comes to.
 * @throws AppError `kind-failed` when there were no tests, or when what is to be judged was not measured
 */
export async function conclude(
  context: KindContext,
  settings: TestRunSettings,
  pass: TestPass,
  about: About,
): Promise<KindResult> {
  const fault = pass.issues.find(({ severity }) => severity === 'error');
  return fault === undefined ? judge(context, settings, pass, about) : judgeRest(pass, about, fault);
}

/** A report that cannot be read hides what is in it: the others can say that something failed, and not that nothing did. */
function judgeRest(
  { exit, tests, coverage, issues }: TestPass,
  { wantsTests }: About,
  { path, message }: Issue,
): KindResult {
  const broken = (tests?.failed ?? 0) + (tests?.errored ?? 0);
  const unknown: Outcome = {
    type: 'infra-error',
    error: { code: 'report-failed', message: `${path}: ${message}` },
  };
  const rest = wantsTests || exit.outcome.type === 'succeeded' ? unknown : exit.outcome;
  return {
    outcome: broken > 0 ? failed(`${broken} of ${tests?.total} tests failed`, exit.exitCode) : rest,
    reports: reportsOf(tests, coverage, null, 0),
    issues,
  };
}

async function judge(
  context: KindContext,
  settings: TestRunSettings,
  { exit, tests, coverage, issues }: TestPass,
  { name, wantsTests, missing }: About,
): Promise<KindResult> {
  const byTests = wantsTests ? judgeAll(tests, exit.exitCode, settings) : exit.outcome;
  const flaky = tests === null ? [] : flakyCases(tests);
  const reasons = [
    ...(byTests.type === 'failed'
      ? [byTests.message ?? `${name} ended with exit code ${exit.exitCode ?? 'unknown'}`]
      : []),
    ...(settings['fail-on-flaky'] && flaky.length > 0 ? [countFlaky(flaky.length)] : []),
    ...judgeCoverage(coverage, settings['coverage-min'], missing),
  ];
  const least = settings['patch-min'];
  let patch: PatchCoverage | null = null;
  if (least !== undefined) {
    const changes = await findChanges(context, settings.base ?? null);
    patch = coverage && patchCoverage(coverage, changes.lines);
    reasons.push(...judgePatch(patch, least, changes.base));
  }
  return {
    outcome: reasons.length === 0 ? byTests : failed(reasons.join('; '), exit.exitCode),
    reports: reportsOf(tests, coverage, patch, flaky.length),
    issues: [...issues, ...flaky.slice(0, MAX_FLAKY_ISSUES).map(flakyIssue)],
    outputs: outputsOf(tests, flaky.length, coverage?.lines.pct ?? null, patch),
    ...(patch !== null && describeMissed(patch) !== '' && { summary: describeMissed(patch) }),
  };
}

function judgeAll(tests: TestReport | null, exitCode: number | null, settings: TestRunSettings): Outcome {
  const total = tests?.total ?? 0;
  if (settings['allow-empty'] && total === 0) return SUCCEEDED;
  const outcome = judgeTests(tests === null ? [] : [{ type: 'tests', report: tests }], exitCode);
  if (outcome.type === 'succeeded' && tests?.skipped === total && !settings['allow-empty']) {
    const what = total === 1 ? 'the only test was skipped' : `all ${total} tests were skipped`;
    nothingChecked(what, 'Set `allow-empty: true` if that is as it should be.');
  }
  return outcome;
}

function reportsOf(
  tests: TestReport | null,
  coverage: TestPass['coverage'],
  patch: PatchCoverage | null,
  flaky: number,
): readonly NormalForm[] {
  const pct = patch?.lines.pct ?? null;
  const metrics = [
    ...(pct === null ? [] : [metric('coverage.patch', pct, 'percent', 'higher')]),
    ...(flaky === 0 ? [] : [metric('tests.flaky', flaky, 'count')]),
  ];
  return [
    ...(tests === null ? [] : [{ type: 'tests' as const, report: tests }]),
    ...(coverage === null ? [] : [{ type: 'coverage' as const, report: coverage }]),
    ...(metrics.length === 0 ? [] : [metricsForm(metrics)]),
  ];
}

function outputsOf(
  tests: TestReport | null,
  flaky: number,
  lines: number | null,
  patch: PatchCoverage | null,
): Readonly<Record<string, string>> {
  const counts = tests ?? { total: 0, passed: 0, failed: 0, errored: 0, skipped: 0 };
  return {
    total: String(counts.total),
    passed: String(counts.passed),
    failed: String(counts.failed + counts.errored),
    skipped: String(counts.skipped),
    flaky: String(flaky),
    coverage: lines === null ? '' : String(lines),
    'patch-coverage': patch?.lines.pct == null ? '' : String(patch.lines.pct),
  };
}

const countFlaky = (count: number): string => (count === 1 ? '1 test is flaky' : `${count} tests are flaky`);

const flakyIssue = ({
  name,
  classname,
  file,
  line,
  attempts,
}: ReturnType<typeof flakyCases>[number]): Issue => ({
  code: 'flaky-test',
  severity: 'warning',
  path: file ?? classname ?? name,
  line,
  column: null,
  message: `${name} failed and then passed when it was run again (try ${attempts ?? 2}).`,
  hint: 'A test that needs luck hides faults: make it sure, or take it out.',
});
