import { AppError } from '#shared/lib/app-error.ts';
import { isAtLeast, SEVERITIES, type Severity } from '#shared/reports/severity.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { type Outcome, SUCCEEDED } from '#shared/run/outcome.ts';

/** A stage that judged and said no. */
export const failed = (message: string, exitCode: number | null = null): Outcome => ({
  type: 'failed',
  exitCode,
  signal: null,
  message,
});

/** @throws AppError `kind-failed`: nothing was looked at, which is no success */
export function nothingChecked(what: string, hint: string): never {
  throw new AppError('kind-failed', `Nothing was checked: ${what}.`, { hint });
}

/** What a stage with findings comes to. @param failOn `never`: findings are only shown */
export function judgeFindings(
  findings: readonly { readonly severity: Severity }[],
  failOn: Severity | 'never',
): Outcome {
  if (failOn === 'never') return SUCCEEDED;
  const bad = findings.filter(({ severity }) => isAtLeast(severity, failOn));
  if (bad.length === 0) return SUCCEEDED;
  const parts = SEVERITIES.flatMap((severity) => {
    const count = bad.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return failed(`${bad.length === 1 ? '1 finding' : `${bad.length} findings`} (${parts.join(', ')})`);
}

/**
 * What a stage with tests comes to: a failed test fails it whatever the exit code was, and so does a runner that failed for
 * another reason. @throws AppError `kind-failed` when there were none
 */
export function judgeTests(reports: readonly NormalForm[], exitCode: number | null = 0): Outcome {
  const tests = reports.find((form) => form.type === 'tests')?.report;
  if (!tests || tests.total === 0) {
    nothingChecked('no test was reported', 'Look at where the runner writes its results, and at `junit`.');
  }
  const broken = tests.failed + tests.errored;
  if (broken > 0) return failed(`${broken} of ${tests.total} tests failed`, exitCode);
  if (exitCode === 0) return SUCCEEDED;
  // A runner that crashed after its report may not have run all of its tests.
  const ended = exitCode === null ? 'was ended by a signal' : `ended with exit code ${exitCode}`;
  return failed(`No test failed (${tests.total} were reported), but the runner ${ended}`, exitCode);
}

/** More warnings than a stage may have. @param first what the first of them says */
export function tooManyWarnings(count: number, most: number, first: string | undefined): Outcome {
  const words = `${count === 1 ? '1 warning' : `${count} warnings`}, and ${most === 0 ? 'none' : most} may be`;
  return failed(first === undefined ? words : `${words}; the first: ${first}`);
}
