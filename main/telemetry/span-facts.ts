import type { SpanPlace } from './trace-ids.ts';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Something at one moment of a span. */
export interface Moment {
  readonly name: string;
  readonly atMs: number;
  readonly attributes: Attributes;
}

/** A finished span as plain data, before the SDK sees it. Holds no secret, no command and no text that a stage wrote. */
export interface SpanFacts extends SpanPlace {
  /** Null: the run itself. */
  readonly parentSpanId: string | null;
  readonly name: string;
  /** Epoch milliseconds, never after `endMs`. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Attributes;
  /** What went wrong, in a few words; null when nothing did. */
  readonly error: string | null;
  readonly moments: readonly Moment[];
  readonly links: readonly SpanPlace[];
}

/**
 * Names of attributes: those of OpenTelemetry's conventions for CI/CD and version control, which are not stable yet and
 * therefore stand here, as its documentation advises; and our own where it has none.
 */
export const ATTRIBUTE = {
  PIPELINE: 'cicd.pipeline.name',
  RUN_ID: 'cicd.pipeline.run.id',
  ACTION: 'cicd.pipeline.action.name',
  RESULT: 'cicd.pipeline.result',
  TASK: 'cicd.pipeline.task.name',
  TASK_RUN_ID: 'cicd.pipeline.task.run.id',
  TASK_RESULT: 'cicd.pipeline.task.run.result',
  TASK_TYPE: 'cicd.pipeline.task.type',
  ERROR_TYPE: 'error.type',
  ENVIRONMENT: 'deployment.environment.name',
  BRANCH: 'vcs.ref.head.name',
  BRANCH_TYPE: 'vcs.ref.head.type',
  COMMIT: 'vcs.ref.head.revision',
  RUN_NUMBER: 'pipewright.run.number',
  TRIGGER: 'pipewright.run.trigger',
  KIND: 'pipewright.stage.kind',
  SKIP_REASON: 'pipewright.stage.skip_reason',
  REUSED_FROM: 'pipewright.stage.reused_from',
  QUEUED_MS: 'pipewright.stage.queued_ms',
  ATTEMPT: 'pipewright.attempt',
  EXIT_CODE: 'process.exit.code',
} as const;

/** The conventions' words for how runs and tasks end. */
export const RESULTS = {
  succeeded: 'success',
  failed: 'failure',
  'timed-out': 'timeout',
  cancelled: 'cancellation',
  skipped: 'skip',
  'infra-error': 'error',
  interrupted: 'error',
} as const;
