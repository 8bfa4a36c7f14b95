import { z } from 'zod';
import { testCaseSchema } from '../../reports/test-report.ts';
import {
  caseKeySchema,
  caseResultSchema,
  coverageViewSchema,
  fileLinesSchema,
  findingsViewSchema,
  flakyCaseSchema,
  ignoredFindingSchema,
  listedTestsSchema,
  metricSeriesSchema,
  runComparisonSchema,
  runStorySchema,
  supplyChainSchema,
} from '../report-schemas.ts';
import { projectIdSchema, runIdSchema } from '../schemas.ts';
import { base } from './base.ts';

const ofRun = z.object({ runId: runIdSchema });
const ofPipeline = z.object({ projectId: projectIdSchema, pipelineFile: z.string() });

/** All are of the latest attempt of each stage, and answer with empty lists where nothing was reported. */
export const reportProcedures = {
  /** The tests of a run, stage by stage, without outputs and traces. */
  tests: base
    .route({ method: 'GET', path: '/runs/{runId}/tests', tags: ['reports'] })
    .input(ofRun)
    .output(z.array(listedTestsSchema)),
  /** One case as it was reported, by its place in `tests`. */
  testCase: base
    .route({ method: 'GET', path: '/runs/{runId}/tests/case', tags: ['reports'] })
    .input(
      ofRun.extend({
        stage: z.string(),
        suite: z.coerce.number().int().nonnegative(),
        case: z.coerce.number().int().nonnegative(),
      }),
    )
    .output(testCaseSchema),
  /** What became of a case in the runs of the same pipeline up to this one, newest first, at most 100. */
  testHistory: base
    .route({ method: 'GET', path: '/runs/{runId}/tests/history', tags: ['reports'] })
    .input(ofRun.extend({ key: caseKeySchema }))
    .output(z.array(caseResultSchema)),
  /** Cases that changed their mind within the last 50 runs of a pipeline, the worst first, at most 200. */
  flakyTests: base
    .route({ method: 'GET', path: '/projects/{projectId}/tests/flaky', tags: ['reports'] })
    .input(ofPipeline)
    .output(z.array(flakyCaseSchema)),
  /** Null when no stage reported coverage. */
  coverage: base
    .route({ method: 'GET', path: '/runs/{runId}/coverage', tags: ['reports'] })
    .input(ofRun)
    .output(coverageViewSchema.nullable()),
  coverageFile: base
    .route({ method: 'GET', path: '/runs/{runId}/coverage/file', tags: ['reports'] })
    .input(ofRun.extend({ path: z.string() }))
    .output(fileLinesSchema),
  findings: base
    .route({ method: 'GET', path: '/runs/{runId}/findings', tags: ['reports'] })
    .input(ofRun)
    .output(findingsViewSchema),
  /** SARIF 2.1.0 of all findings of the run; what is ignored stands there as suppressed. */
  sarif: base
    .route({ method: 'GET', path: '/runs/{runId}/findings/sarif', tags: ['reports'] })
    .input(ofRun)
    .output(z.object({ text: z.string() })),
  /** Also changes the reason or the date of one that is ignored already. */
  ignoreFinding: base
    .route({ method: 'PUT', path: '/projects/{projectId}/findings/ignored', tags: ['reports'] })
    .input(
      z.object({
        projectId: projectIdSchema,
        fingerprint: z.string().min(1).max(2_000),
        reason: z.string().trim().min(1).max(1_000),
        /** ISO 8601, in the future; null: for good. */
        until: z.iso.datetime().nullable(),
      }),
    )
    .output(ignoredFindingSchema),
  /** False when it was not ignored. */
  unignoreFinding: base
    .route({ method: 'DELETE', path: '/projects/{projectId}/findings/ignored', tags: ['reports'] })
    .input(z.object({ projectId: projectIdSchema, fingerprint: z.string() }))
    .output(z.object({ removed: z.boolean() })),
  /**
   * A text file of the workspace or the commit that the run worked on, for excerpts; at most 2 MB.
   * Null when it is nowhere any more, is no text, or its path leaves the workspace.
   */
  source: base
    .route({ method: 'GET', path: '/runs/{runId}/source', tags: ['reports'] })
    .input(ofRun.extend({ path: z.string() }))
    .output(z.object({ text: z.string().nullable() })),
  supplyChain: base
    .route({ method: 'GET', path: '/runs/{runId}/supply-chain', tags: ['reports'] })
    .input(ofRun)
    .output(supplyChainSchema),
  /** Trends of the newest finished runs of a pipeline. */
  metrics: base
    .route({ method: 'GET', path: '/projects/{projectId}/metrics', tags: ['reports'] })
    .input(ofPipeline.extend({ runs: z.coerce.number().int().min(2).max(500).default(100) }))
    .output(z.array(metricSeriesSchema)),
  /** @throws `usage` when they are not of one project */
  compare: base
    .route({ method: 'GET', path: '/runs/{runId}/compare/{with}', tags: ['reports'] })
    .input(ofRun.extend({ with: runIdSchema }))
    .output(runComparisonSchema),
  story: base
    .route({ method: 'GET', path: '/runs/{runId}/story', tags: ['reports'] })
    .input(ofRun)
    .output(runStorySchema),
  /** The run as one HTML file that needs nothing else. */
  html: base
    .route({ method: 'GET', path: '/runs/{runId}/report.html', tags: ['reports'] })
    .input(ofRun)
    .output(z.object({ text: z.string() })),
};
