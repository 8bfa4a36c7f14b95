import { z } from 'zod';
import { runIdSchema } from '../schemas.ts';
import { testReportSchema } from '../../reports/test-report.ts';
import { base } from './base.ts';

export const reportProcedures = {
  /** The tests of a run, stage by stage; an empty list when none were reported. */
  tests: base
    .route({ method: 'GET', path: '/runs/{runId}/tests', tags: ['reports'] })
    .input(z.object({ runId: runIdSchema }))
    .output(z.array(z.object({ stage: z.string(), attempt: z.number().int(), report: testReportSchema }))),
};
