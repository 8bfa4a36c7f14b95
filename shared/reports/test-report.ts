import { z } from 'zod';

/** Longest name of a suite or a case, in UTF-16 code units; longer ones keep their start. */
export const MAX_NAME_CHARS = 1_000;
/** Longest message of a case; longer ones keep their start. */
export const MAX_MESSAGE_CHARS = 4_000;
/** Longest details of one case; longer ones keep their start, where the assertion stands. */
export const MAX_DETAILS_CHARS = 64_000;
/** Longest stdout or stderr of one case or suite; longer ones keep their end, where the failure stands. */
export const MAX_OUTPUT_CHARS = 64_000;
/** All details of one report file together, and all its output together; what comes after is left out. */
export const MAX_REPORT_TEXT_CHARS = 16_000_000;

/** `errored`: the test could not judge (an exception outside an assertion); `failed`: it judged and said no. */
export const testStatusSchema = z.enum(['passed', 'failed', 'errored', 'skipped']);
export type TestStatus = z.infer<typeof testStatusSchema>;

export const testSummarySchema = z.object({
  /** passed + failed + errored + skipped. */
  total: z.number().int().nonnegative(),
  passed: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  errored: z.number().int().nonnegative(),
  skipped: z.number().int().nonnegative(),
  durationMs: z.number().nonnegative(),
});
/** The counts of a report, of a stage or of a whole run, without the cases. */
export type TestSummary = z.infer<typeof testSummarySchema>;

/** Texts hold no ANSI sequences and no control characters but tab and line feed. */
export const testCaseSchema = z.object({
  name: z.string(),
  classname: z.string().nullable(),
  /** As the tool wrote it; relative to the workspace where it lies inside. */
  file: z.string().nullable(),
  /** 1-based. */
  line: z.number().int().nullable(),
  status: testStatusSchema,
  /** 0 where the tool gave no time. */
  durationMs: z.number().nonnegative(),
  /** Why it failed, errored or was skipped, in a line or a few. */
  message: z.string().nullable(),
  /** Stack trace, diff and the like. */
  details: z.string().nullable(),
  stdout: z.string().nullable(),
  stderr: z.string().nullable(),
  /** It failed and then passed in the same attempt: `status` is `passed`, message and details are of the failure. */
  flaky: z.literal(true).optional(),
  /** How often it was run; absent: once. */
  attempts: z.number().int().positive().optional(),
});
export type TestCase = z.infer<typeof testCaseSchema>;

export const testSuiteSchema = testSummarySchema.extend({
  /** Nested suites are listed flat, as `outer > inner`. */
  name: z.string(),
  file: z.string().nullable(),
  /** When it started, as the tool wrote it. */
  timestamp: z.string().nullable(),
  /** Empty where the tool wrote counts alone. */
  cases: z.array(testCaseSchema),
  stdout: z.string().nullable(),
  stderr: z.string().nullable(),
});
export type TestSuite = z.infer<typeof testSuiteSchema>;

export const testReportSchema = testSummarySchema.extend({ suites: z.array(testSuiteSchema) });
/** What every test tool's report becomes. */
export type TestReport = z.infer<typeof testReportSchema>;

/** Adds counts and durations; of nothing, all are 0. */
export function sumTestReports(reports: Iterable<TestSummary>): TestSummary {
  const sum = { total: 0, passed: 0, failed: 0, errored: 0, skipped: 0, durationMs: 0 };
  for (const report of reports) {
    sum.total += report.total;
    sum.passed += report.passed;
    sum.failed += report.failed;
    sum.errored += report.errored;
    sum.skipped += report.skipped;
    sum.durationMs += report.durationMs;
  }
  return sum;
}

/** One report with the suites of all, in their order. Suites of the same name stay apart: they come from different files. */
export function mergeTestReports(reports: readonly TestReport[]): TestReport {
  return { ...sumTestReports(reports), suites: reports.flatMap((report) => report.suites) };
}
