import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { ERROR_KINDS, type ErrorCode } from '../lib/app-error.ts';
import { issueSchema } from '../lib/issue.ts';
import { testReportSchema } from '../reports/test-report.ts';
import type { RunEvent } from '../run/events.ts';
import {
  artifactSchema,
  folderEntrySchema,
  logInfoSchema,
  type LogLine,
  logSearchSchema,
  pipelineFileSchema,
  pipelineViewSchema,
  projectIdSchema,
  projectSchema,
  runIdSchema,
  runStatusSchema,
  runSummarySchema,
  waitingApprovalSchema,
  secretSchema,
  secretScopeSchema,
  stageNameSchema,
} from './schemas.ts';
import { triggerFiringSchema, triggerSchema, triggerTypeSchema } from './trigger-schemas.ts';

/**
 * Every procedure may fail with `APP_ERROR`: `data.code` is one of `ERROR_KINDS`, the message is one sentence for people.
 * `issues` comes with `pipeline-invalid`.
 */
const base = oc.errors({
  APP_ERROR: {
    status: 422,
    data: z.object({
      code: z.enum(Object.keys(ERROR_KINDS) as [ErrorCode, ...ErrorCode[]]),
      hint: z.string().nullable(),
      issues: z.array(issueSchema),
    }),
  },
});

const attemptRef = z.object({
  runId: runIdSchema,
  stage: stageNameSchema,
  attempt: z.number().int().min(1),
});

const triggerRef = z.object({
  projectId: projectIdSchema,
  file: z.string(),
  type: triggerTypeSchema.optional(),
});

/** The one contract between a window, a browser tab or another tool and the engine host. Procedures are `noun.verb`. */
export const contract = {
  system: {
    /** Who answers: for the title, the settings screen and "reveal in folder". */
    info: base.route({ method: 'GET', path: '/system', tags: ['system'] }).output(
      z.object({
        version: z.string(),
        platform: z.string(),
        dataDir: z.string(),
        mode: z.enum(['desktop', 'browser']),
        maxParallel: z.number().int(),
      }),
    ),
    /** What is installed and what is missing, as `pipewright doctor` says it. */
    doctor: base.route({ method: 'GET', path: '/system/doctor', tags: ['system'] }).output(
      z.array(
        z.object({
          name: z.string(),
          status: z.enum(['ok', 'missing', 'outdated']),
          version: z.string().nullable(),
          neededFor: z.string(),
          hint: z.string().nullable(),
        }),
      ),
    ),
  },
  folder: {
    /** Sub-folders of a folder, for choosing one where no native dialog is; without `dir` the home folder. */
    list: base
      .route({ method: 'GET', path: '/folders', tags: ['projects'] })
      .input(z.object({ dir: z.string().optional() }))
      .output(
        z.object({ dir: z.string(), parent: z.string().nullable(), entries: z.array(folderEntrySchema) }),
      ),
  },
  project: {
    /** Most recently opened first. */
    list: base.route({ method: 'GET', path: '/projects', tags: ['projects'] }).output(z.array(projectSchema)),
    /** Adds a folder, or opens it again; idempotent. */
    add: base
      .route({ method: 'POST', path: '/projects', tags: ['projects'] })
      .input(z.object({ dir: z.string() }))
      .output(projectSchema),
    get: base
      .route({ method: 'GET', path: '/projects/{projectId}', tags: ['projects'] })
      .input(z.object({ projectId: projectIdSchema }))
      .output(projectSchema),
    /** Takes it off the list; neither the folder nor its runs are touched. */
    remove: base
      .route({ method: 'DELETE', path: '/projects/{projectId}', tags: ['projects'] })
      .input(z.object({ projectId: projectIdSchema }))
      .output(z.object({ removed: z.boolean() })),
    /** Makes the sample project (a real Git repository) in the data folder if it is not there, and opens it. */
    openSample: base
      .route({ method: 'POST', path: '/projects/sample', tags: ['projects'] })
      .output(projectSchema),
    pipelines: base
      .route({ method: 'GET', path: '/projects/{projectId}/pipelines', tags: ['projects'] })
      .input(z.object({ projectId: projectIdSchema }))
      .output(z.array(pipelineFileSchema)),
  },
  pipeline: {
    get: base
      .route({ method: 'GET', path: '/projects/{projectId}/pipeline', tags: ['pipelines'] })
      .input(z.object({ projectId: projectIdSchema, file: z.string() }))
      .output(pipelineViewSchema),
    /** A value whenever the file's content changed on disk. */
    watch: base
      .route({ method: 'GET', path: '/projects/{projectId}/pipeline/changes', tags: ['pipelines'] })
      .input(z.object({ projectId: projectIdSchema, file: z.string() }))
      .output(eventIterator(pipelineViewSchema)),
  },
  run: {
    /** Starts a run and answers as soon as it is stored; `pipeline-invalid` when the file or the inputs have errors. */
    start: base
      .route({ method: 'POST', path: '/runs', tags: ['runs'] })
      .input(
        z.object({
          projectId: projectIdSchema,
          file: z.string(),
          inputs: z.record(z.string(), z.string()).default({}),
          stages: z.array(stageNameSchema).optional(),
          maxParallel: z.number().int().min(1).max(1024).optional(),
        }),
      )
      .output(runSummarySchema),
    /** Newest first unless `sort` says otherwise. */
    list: base
      .route({ method: 'GET', path: '/runs', tags: ['runs'] })
      .input(
        z.object({
          projectId: projectIdSchema.optional(),
          pipelineFile: z.string().optional(),
          statuses: z.array(runStatusSchema).optional(),
          /** Part of the pipeline's name, the branch, the commit, its message or `#number`. */
          text: z.string().optional(),
          sort: z.enum(['newest', 'oldest', 'longest', 'shortest']).default('newest'),
          offset: z.number().int().min(0).default(0),
          limit: z.number().int().min(1).max(500).default(100),
        }),
      )
      .output(z.object({ runs: z.array(runSummarySchema), total: z.number().int() })),
    get: base
      .route({ method: 'GET', path: '/runs/{runId}', tags: ['runs'] })
      .input(z.object({ runId: runIdSchema }))
      .output(runSummarySchema),
    /**
     * The events after `afterSeq` in order, without gap or repeat, in batches; ends after `run-finished`.
     * To resume, pass the last `seq` that was folded.
     */
    events: base
      .route({ method: 'GET', path: '/runs/{runId}/events', tags: ['runs'] })
      .input(z.object({ runId: runIdSchema, afterSeq: z.number().int().min(0).default(0) }))
      .output(eventIterator(z.object({ events: z.array(z.custom<RunEvent>()) }))),
    /** A value whenever any run began, ended or moved on; at most a few a second. Also runs of other hosts on this data folder. */
    changes: base
      .route({ method: 'GET', path: '/runs/changes', tags: ['runs'] })
      .output(eventIterator(z.object({ runs: z.array(runSummarySchema) }))),
    /** Asks for the end of a run or of one stage; answers once the request is stored. Idempotent. */
    cancel: base
      .route({ method: 'POST', path: '/runs/{runId}/cancel', tags: ['runs'] })
      .input(z.object({ runId: runIdSchema, stage: stageNameSchema.optional() }))
      .output(z.object({ accepted: z.boolean() })),
    /**
     * Decides a stage that waits for approval, whichever host runs it, in the name of whoever started the answering host
     * (Git identity, else the user of the OS). `accepted` is false when the stage does not wait.
     */
    decide: base
      .route({ method: 'POST', path: '/runs/{runId}/approval', tags: ['runs'] })
      .input(
        z.object({
          runId: runIdSchema,
          stage: stageNameSchema,
          decision: z.enum(['approved', 'rejected']),
          comment: z.string().max(2_000).optional(),
        }),
      )
      .output(z.object({ accepted: z.boolean() })),
    /** Stages of running runs that wait for approval, oldest first. */
    waiting: base
      .route({ method: 'GET', path: '/runs/waiting', tags: ['runs'] })
      .output(z.array(waitingApprovalSchema)),
    /** Goes on with an interrupted run; what finished stays finished. */
    resume: base
      .route({ method: 'POST', path: '/runs/{runId}/resume', tags: ['runs'] })
      .input(z.object({ runId: runIdSchema }))
      .output(runSummarySchema),
    /**
     * A new run of the same plan, with the workspace of the earlier one, in which what had succeeded is reused:
     * `failed` runs again what did not succeed, `stage` that stage and all that needs it.
     */
    rerun: base
      .route({ method: 'POST', path: '/runs/{runId}/rerun', tags: ['runs'] })
      .input(
        z.object({
          runId: runIdSchema,
          from: z.enum(['failed', 'stage']),
          stage: stageNameSchema.optional(),
        }),
      )
      .output(runSummarySchema),
    /** Removes a finished run with its logs; refused for one that runs. */
    remove: base
      .route({ method: 'DELETE', path: '/runs/{runId}', tags: ['runs'] })
      .input(z.object({ runId: runIdSchema }))
      .output(z.object({ removed: z.boolean() })),
  },
  log: {
    info: base
      .route({ method: 'GET', path: '/runs/{runId}/log', tags: ['logs'] })
      .input(attemptRef)
      .output(logInfoSchema),
    page: base
      .route({ method: 'GET', path: '/runs/{runId}/log/lines', tags: ['logs'] })
      .input(
        attemptRef.extend({ fromLine: z.number().int().min(1), count: z.number().int().min(1).max(5_000) }),
      )
      .output(z.object({ lines: z.array(z.custom<LogLine>()), info: logInfoSchema })),
    /** A value when the log has grown, at most some ten a second; ends when it is complete. */
    follow: base
      .route({ method: 'GET', path: '/runs/{runId}/log/growth', tags: ['logs'] })
      .input(attemptRef)
      .output(eventIterator(logInfoSchema)),
    search: base
      .route({ method: 'GET', path: '/runs/{runId}/log/search', tags: ['logs'] })
      .input(
        attemptRef.extend({
          query: z.string().min(1).max(1_000),
          regex: z.boolean().default(false),
          caseSensitive: z.boolean().default(false),
          limit: z.number().int().min(1).max(50_000).default(10_000),
        }),
      )
      .output(logSearchSchema),
    /** Raw bytes for a download, piece by piece; an empty piece is the end. */
    bytes: base
      .route({ method: 'GET', path: '/runs/{runId}/log/bytes', tags: ['logs'] })
      .input(
        attemptRef.extend({
          fromByte: z.number().int().min(0),
          maxBytes: z.number().int().min(1).max(8_388_608),
        }),
      )
      .output(z.object({ bytes: z.instanceof(Blob) })),
  },
  artifact: {
    list: base
      .route({ method: 'GET', path: '/runs/{runId}/artifacts', tags: ['artifacts'] })
      .input(z.object({ runId: runIdSchema }))
      .output(z.array(artifactSchema)),
    /** A file's bytes, checked against its hash before they are sent. */
    read: base
      .route({ method: 'GET', path: '/runs/{runId}/artifacts/file', tags: ['artifacts'] })
      .input(
        z.object({
          runId: runIdSchema,
          name: z.string(),
          path: z.string(),
          /** Longer files are cut; `sizeBytes` tells. */
          maxBytes: z.number().int().min(1).max(268_435_456).default(268_435_456),
        }),
      )
      .output(z.object({ bytes: z.instanceof(Blob), sizeBytes: z.number().int() })),
    /** Writes an artifact's files into a folder of the data folder and answers with its path, for "reveal in folder". */
    extract: base
      .route({ method: 'POST', path: '/runs/{runId}/artifacts/extract', tags: ['artifacts'] })
      .input(z.object({ runId: runIdSchema, name: z.string() }))
      .output(z.object({ dir: z.string() })),
  },
  report: {
    /** The tests of a run, stage by stage; an empty list when none were reported. */
    tests: base
      .route({ method: 'GET', path: '/runs/{runId}/tests', tags: ['reports'] })
      .input(z.object({ runId: runIdSchema }))
      .output(z.array(z.object({ stage: z.string(), attempt: z.number().int(), report: testReportSchema }))),
  },
  secret: {
    /** The global secrets and, with a project, its own and those of its environments; by name. */
    list: base
      .route({ method: 'GET', path: '/secrets', tags: ['secrets'] })
      .input(z.object({ projectId: projectIdSchema.optional() }))
      .output(z.array(secretSchema)),
    /** Stores a value or replaces it; `secret-invalid` says what a name or a value must be. */
    set: base
      .route({ method: 'PUT', path: '/secrets/{name}', tags: ['secrets'] })
      .input(z.object({ name: z.string(), scope: secretScopeSchema, value: z.string() }))
      .output(secretSchema),
    /** Idempotent. */
    remove: base
      .route({ method: 'DELETE', path: '/secrets/{name}', tags: ['secrets'] })
      .input(z.object({ name: z.string(), scope: secretScopeSchema }))
      .output(z.object({ removed: z.boolean() })),
  },
  trigger: {
    /** What starts runs without a person, of every pipeline without errors, with what became of it last. */
    list: base
      .route({ method: 'GET', path: '/triggers', tags: ['triggers'] })
      .input(z.object({ projectId: projectIdSchema.optional() }))
      .output(z.array(triggerSchema)),
    /** Without `type` all triggers of the file. What a paused trigger misses never runs. */
    pause: base
      .route({ method: 'POST', path: '/triggers/pause', tags: ['triggers'] })
      .input(triggerRef)
      .output(z.object({ paused: z.boolean() })),
    resume: base
      .route({ method: 'POST', path: '/triggers/resume', tags: ['triggers'] })
      .input(triggerRef)
      .output(z.object({ paused: z.boolean() })),
    /** Newest first; a few hundred of each trigger are kept. */
    history: base
      .route({ method: 'GET', path: '/triggers/history', tags: ['triggers'] })
      .input(triggerRef.partial().extend({ limit: z.number().int().min(1).max(1_000).default(100) }))
      .output(z.array(triggerFiringSchema)),
  },
};

export type Contract = typeof contract;
