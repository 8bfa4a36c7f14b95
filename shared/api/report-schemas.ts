import { z } from 'zod';
import { coverageRatioSchema, fileCoverageSchema } from '../reports/coverage.ts';
import { findingSchema, findingsReportSchema } from '../reports/findings.ts';
import { metricUnitSchema } from '../reports/metrics.ts';
import { provenanceSchema } from '../reports/provenance.ts';
import { sbomSchema } from '../reports/sbom.ts';
import { severityCountsSchema } from '../reports/severity.ts';
import {
  testCaseSchema,
  testStatusSchema,
  testSuiteSchema,
  testSummarySchema,
} from '../reports/test-report.ts';
import { runIdSchema, runSummarySchema } from './schemas.ts';

/** A run as histories and trends name it. */
export const runPointSchema = z.object({
  runId: runIdSchema,
  number: z.number().int(),
  /** When it was made, ISO 8601. */
  at: z.string(),
  commit: z.string().nullable(),
  branch: z.string().nullable(),
});
export type RunPoint = z.infer<typeof runPointSchema>;

/** A case in lists: what takes much room is asked for one by one. */
export const listedCaseSchema = testCaseSchema
  .pick({ name: true, classname: true, file: true, line: true, status: true, durationMs: true })
  .extend({
    /** The first line of why it did not pass, cut at 300 characters. */
    message: z.string().nullable(),
    /** It failed and passed within this run. */
    flaky: z.boolean(),
    /** Of one that failed: the run since which it has failed without a break, when that is an earlier one; absent: a new failure. */
    failingSince: runPointSchema.optional(),
  });
export type ListedCase = z.infer<typeof listedCaseSchema>;

export const listedTestsSchema = z.object({
  stage: z.string(),
  attempt: z.number().int(),
  summary: testSummarySchema,
  suites: z.array(
    testSuiteSchema
      .pick({
        name: true,
        file: true,
        total: true,
        passed: true,
        failed: true,
        errored: true,
        skipped: true,
        durationMs: true,
      })
      .extend({ cases: z.array(listedCaseSchema) }),
  ),
});
export type ListedTests = z.infer<typeof listedTestsSchema>;

/** What tells a case from all others of a pipeline, from run to run. */
export const caseKeySchema = z.object({
  stage: z.string(),
  suite: z.string(),
  classname: z.string().nullable(),
  name: z.string(),
});
export type CaseKey = z.infer<typeof caseKeySchema>;

export const caseResultSchema = z.object({
  run: runPointSchema,
  status: testStatusSchema,
  durationMs: z.number(),
  flaky: z.boolean(),
});
export type CaseResult = z.infer<typeof caseResultSchema>;

export const flakyCaseSchema = z.object({
  key: caseKeySchema,
  /** Runs in which it was, newest first, at most 50. */
  results: z.array(caseResultSchema),
  /** How often it went from passed to failed or back, and was flaky within a run. */
  flips: z.number().int(),
  lastFailed: runPointSchema.nullable(),
});
export type FlakyCase = z.infer<typeof flakyCaseSchema>;

export const patchCoverageSchema = z.object({
  /** The commit that it is compared with. */
  base: z.string(),
  lines: coverageRatioSchema,
  /** Files with changed lines that can be covered. */
  files: z.array(z.object({ path: z.string(), lines: coverageRatioSchema })),
});

export const coverageViewSchema = z.object({
  lines: coverageRatioSchema,
  branches: coverageRatioSchema,
  functions: coverageRatioSchema,
  files: z.array(
    fileCoverageSchema.omit({ hits: true }).extend({
      /** Whether `coverageFile` has its lines. */
      hasLines: z.boolean(),
    }),
  ),
  /** Of the run before; null: there is none with coverage. */
  before: z
    .object({ run: runPointSchema, lines: coverageRatioSchema, branches: coverageRatioSchema })
    .nullable(),
  /** Null outside of version control, or when nothing was changed that can be covered. */
  patch: patchCoverageSchema.nullable(),
});
export type CoverageView = z.infer<typeof coverageViewSchema>;

export const fileLinesSchema = z.object({
  path: z.string(),
  hits: z.array(z.tuple([z.number().int(), z.number().int()])),
  /** Lines changed since the patch's base; empty when there is none. */
  changed: z.array(z.number().int()),
  /** As it was in the run; null when neither its workspace nor its commit has it any more. */
  text: z.string().nullable(),
});
export type FileLines = z.infer<typeof fileLinesSchema>;

/** Someone decided that a finding does not count. */
export const ignoredFindingSchema = z.object({
  fingerprint: z.string(),
  reason: z.string(),
  /** ISO 8601; null: for good. */
  until: z.string().nullable(),
  by: z.string(),
  at: z.string(),
});
export type IgnoredFinding = z.infer<typeof ignoredFindingSchema>;

export const findingsViewSchema = z.object({
  stages: z.array(z.object({ stage: z.string(), attempt: z.number().int(), report: findingsReportSchema })),
  /** The run that it is compared with: the last one of the target branch, else the one before; null: none. */
  baseline: runPointSchema.nullable(),
  /** Fingerprints that the baseline does not have. Empty without one. */
  new: z.array(z.string()),
  /** What the baseline had and this run does not. */
  fixed: z.array(findingSchema),
  /** Those that are still in force. */
  ignored: z.array(ignoredFindingSchema),
});
export type FindingsView = z.infer<typeof findingsViewSchema>;

export const supplyChainSchema = z.object({
  bills: z.array(z.object({ stage: z.string(), sbom: sbomSchema })),
  provenance: z.array(z.object({ stage: z.string(), provenance: provenanceSchema })),
  /** Findings about packages, to be joined by `name@version`. */
  vulnerabilities: z.array(findingSchema),
});
export type SupplyChain = z.infer<typeof supplyChainSchema>;

export const metricSeriesSchema = z.object({
  /** `run.duration-ms`, `tests.total`, `tests.failed`, `coverage.lines`, `findings.total`, `artifacts.bytes`, or a metric of a stage. */
  name: z.string(),
  /** Null: of the run as a whole. */
  stage: z.string().nullable(),
  unit: metricUnitSchema,
  better: z.enum(['lower', 'higher']).nullable(),
  /** Oldest first. */
  points: z.array(z.object({ run: runPointSchema, value: z.number() })),
});
export type MetricSeries = z.infer<typeof metricSeriesSchema>;

const changeOf = <Schema extends z.ZodType>(schema: Schema) =>
  z.object({ before: schema.nullable(), after: schema.nullable() });

export const runComparisonSchema = z.object({
  /** The earlier one. */
  before: runSummarySchema,
  after: runSummarySchema,
  stages: z.array(
    z.object({
      id: z.string(),
      status: changeOf(z.string()),
      durationMs: changeOf(z.number()),
    }),
  ),
  tests: z.object({
    total: changeOf(testSummarySchema),
    broken: z.array(caseKeySchema),
    fixed: z.array(caseKeySchema),
    added: z.array(caseKeySchema),
    removed: z.array(caseKeySchema),
    /** At least twice as long and 100 ms more; the worst first, at most 50. */
    slower: z.array(z.object({ key: caseKeySchema, beforeMs: z.number(), afterMs: z.number() })),
  }),
  coverage: z.object({
    lines: changeOf(coverageRatioSchema),
    branches: changeOf(coverageRatioSchema),
    /** Those whose lines changed by a point or more, or that came or went. */
    files: z.array(z.object({ path: z.string(), lines: changeOf(coverageRatioSchema) })),
  }),
  findings: z.object({
    counts: changeOf(severityCountsSchema),
    new: z.array(findingSchema),
    fixed: z.array(findingSchema),
  }),
  artifacts: z.array(
    z.object({ name: z.string(), sizeBytes: changeOf(z.number()), sha256: changeOf(z.string()) }),
  ),
  metrics: z.array(
    z.object({
      name: z.string(),
      stage: z.string(),
      unit: metricUnitSchema,
      better: z.enum(['lower', 'higher']).nullable(),
      value: changeOf(z.number()),
    }),
  ),
  /** Variables, inputs, place and git state that differ. */
  environment: z.array(z.object({ name: z.string(), value: changeOf(z.string()) })),
});
export type RunComparison = z.infer<typeof runComparisonSchema>;

export const commitSchema = z.object({
  commit: z.string(),
  /** The first line. */
  message: z.string(),
  author: z.string(),
  at: z.string(),
});
export type Commit = z.infer<typeof commitSchema>;

/** What broke, since when, and who changed what: the answer on one screen. */
export const runStorySchema = z.object({
  /** Stages that failed, the one that decided first. */
  broken: z.array(
    z.object({
      stage: z.string(),
      /** One sentence. */
      reason: z.string(),
      /** The first run of the unbroken line of failures that this one ends; null: it is new in this run. */
      since: runPointSchema.nullable(),
      /** The last run in which the stage succeeded; null: never so far. */
      lastGood: runPointSchema.nullable(),
    }),
  ),
  /** Between the last good run of the pipeline and this one, newest first, at most 50; empty outside of version control. */
  commits: z.array(commitSchema),
  /** There were more. */
  moreCommits: z.boolean(),
  /** Files that those commits changed, at most 200. */
  changedFiles: z.array(z.string()),
  /** The run that the figures are compared with; null: none. */
  before: runPointSchema.nullable(),
  tests: changeOf(testSummarySchema),
  coverage: changeOf(coverageRatioSchema),
  findings: changeOf(severityCountsSchema),
  artifactBytes: changeOf(z.number()),
  durationMs: changeOf(z.number()),
});
export type RunStory = z.infer<typeof runStorySchema>;
