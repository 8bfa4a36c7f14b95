import type { ConditionStatus } from '#shared/expressions/evaluate-condition.ts';
import type { ExpressionFunctions } from '#shared/expressions/evaluate-expression.ts';
import type { Issue } from '#shared/lib/issue.ts';
import type { PlannedArtifact } from '#shared/pipeline/plan.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import type { ProgressMeter } from './attempt-progress.ts';
import type { LogSink, OpenPlace } from './ports.ts';
import type { AttemptRequest } from './run-attempt.ts';

/** What one step of an attempt hands to the next. */
export interface PassedOn {
  env: Record<string, string>;
  path: string[];
  /** The `steps` context: outputs and outcome by step id. */
  steps: Record<string, { outputs: Record<string, string>; outcome: string }>;
  outputs: Record<string, string>;
  state: Record<string, string>;
  /** What kinds ask to be kept besides the stage's own artifacts. */
  artifacts: PlannedArtifact[];
  /** What was reported so far, by kinds and in files. */
  reports: NormalForm[];
  /** Values that kinds hide besides the stage's secrets. */
  masks: string[];
  /** What kinds have to be done when the steps are over, the last one first. */
  cleanups: ((context: AttemptContext, status: ConditionStatus) => Promise<void>)[];
}

/** An attempt with its workspace and what its steps have in common. */
export interface PreparedAttempt extends AttemptRequest {
  readonly log: LogSink;
  readonly workspace: string;
  readonly commandPrefix: string;
  readonly secrets: Readonly<Record<string, string>>;
  /** The variables of the pipeline and the stage, evaluated. */
  readonly env: Readonly<Record<string, string>>;
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly functions: ExpressionFunctions;
  readonly passedOn: PassedOn;
}

/** A prepared attempt whose steps can run. */
export interface AttemptContext extends PreparedAttempt {
  readonly place: OpenPlace;
  readonly variables: Readonly<Record<string, string>>;
  readonly progress: ProgressMeter;
}

/** The attempt's log without what kinds hide. */
export function logOf({ ports, log, passedOn }: PreparedAttempt): LogSink {
  return passedOn.masks.length === 0 ? log : ports.secrets.mask(log, passedOn.masks);
}

/** How far the step is, without what kinds hide; it counts as a sign of life. */
export function tellProgress(
  { ports, passedOn, progress, onOutput }: AttemptContext,
  done: number,
  total: number | null,
  label: string | null,
): void {
  onOutput?.();
  const { masks } = passedOn;
  const shown = label === null || masks.length === 0 ? label : ports.secrets.redact(label, masks);
  progress.tell(done, total, shown);
}

/** A line of Pipewright's own in the attempt's log. */
export async function say(context: PreparedAttempt, text: string): Promise<void> {
  await logOf(context).write('system', Buffer.from(`Pipewright: ${text}\n`));
}

export function raise({ stage, attempt, emit }: PreparedAttempt, issues: readonly Issue[]): void {
  emit(issues.map((issue) => ({ type: 'issue-raised', stage: stage.id, attempt, issue })));
}

/** An issue about the stage as a whole. */
export function stageIssue(
  { stage }: Pick<AttemptContext, 'stage'>,
  severity: Issue['severity'],
  code: string,
  message: string,
  hint: string | null = null,
): Issue {
  return { code, severity, path: stage.id, line: null, column: null, message, hint };
}
