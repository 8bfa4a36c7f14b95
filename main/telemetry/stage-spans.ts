import { chunkedGet } from '#shared/lib/chunked.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import type { AttemptState, RunState, StageState } from '#shared/run/run-state.ts';
import { isFinalStageStatus } from '#shared/run/status.ts';
import { runAttributes } from './run-span.ts';
import { ATTRIBUTE, type Attributes, type Moment, RESULTS, type SpanFacts } from './span-facts.ts';
import { attemptSpanIdOf, runSpanIdOf, stageSpanIdOf, stepSpanIdOf, traceIdOf } from './trace-ids.ts';

const TASK_TYPES = new Set(['build', 'test', 'deploy']);

/** A finished stage, its attempts and their steps. A leg lies in its matrix, which ends later. */
export function stageSpans(run: RunState, id: StageId): SpanFacts[] {
  const index = run.graph.indexOf.get(id);
  const planned = index === undefined ? undefined : run.plan.stages[index];
  if (index === undefined || planned === undefined) return [];
  const stage = chunkedGet(run.stages, index);
  const spans = [stageSpan(run, planned, stage)];
  for (const attempt of stage.attempts) {
    spans.push(attemptSpan(run, stage, attempt));
    attempt.steps.forEach((step, position) => {
      spans.push({
        ...common(run, step.startedAt, step.finishedAt ?? attempt.finishedAt),
        spanId: stepSpanIdOf(run.runId, id, attempt.number, position),
        parentSpanId: attemptSpanIdOf(run.runId, id, attempt.number),
        name: step.id,
        attributes: { ...taskAttributes(run, id), ...outcomeAttributes(step.outcome ?? attempt.outcome) },
        error: errorOf(step.outcome ?? attempt.outcome),
      });
    });
  }
  return spans;
}

function stageSpan(run: RunState, planned: PlannedStage, stage: StageState): SpanFacts {
  const { status, reason, attempts } = stage;
  const last = attempts.at(-1)?.outcome ?? null;
  // What never ran has no length, a matrix that of its legs, an approval that of its wait.
  const wait = planned.matrix === null ? (stage.approval?.requestedAt ?? null) : stage.readyAt;
  const startedAt = stage.startedAt ?? wait ?? stage.finishedAt;
  const [family = ''] = planned.kind.split('.');
  const hasFailed = status === 'failed' || status === 'timed-out' || status === 'infra-error';
  const queuedMs =
    stage.startedAt === null || stage.readyAt === null ? null : msBetween(stage.readyAt, stage.startedAt);
  return {
    ...common(run, startedAt, stage.finishedAt),
    spanId: stageSpanIdOf(run.runId, stage.id),
    parentSpanId: planned.leg === null ? runSpanIdOf(run.runId) : stageSpanIdOf(run.runId, planned.leg.of),
    name: stage.id,
    attributes: {
      ...taskAttributes(run, stage.id),
      [ATTRIBUTE.KIND]: planned.kind,
      ...(isFinalStageStatus(status) ? { [ATTRIBUTE.TASK_RESULT]: RESULTS[status] } : {}),
      ...(TASK_TYPES.has(family) ? { [ATTRIBUTE.TASK_TYPE]: family } : {}),
      ...(planned.environment === null ? {} : { [ATTRIBUTE.ENVIRONMENT]: planned.environment }),
      ...(queuedMs === null ? {} : { [ATTRIBUTE.QUEUED_MS]: queuedMs }),
      ...(reason === null ? {} : { [ATTRIBUTE.SKIP_REASON]: reason.type }),
      ...(stage.reusedFrom === null ? {} : { [ATTRIBUTE.REUSED_FROM]: stage.reusedFrom.runId }),
      ...(hasFailed ? { [ATTRIBUTE.ERROR_TYPE]: last === null ? status : errorTypeOf(last) } : {}),
    },
    error: hasFailed ? (errorOf(last) ?? status) : null,
    moments: approvalMoments(stage),
  };
}

function attemptSpan(run: RunState, stage: StageState, attempt: AttemptState): SpanFacts {
  return {
    ...common(run, attempt.startedAt, attempt.finishedAt ?? stage.finishedAt),
    spanId: attemptSpanIdOf(run.runId, stage.id, attempt.number),
    parentSpanId: stageSpanIdOf(run.runId, stage.id),
    name: `attempt ${attempt.number}`,
    attributes: {
      ...taskAttributes(run, stage.id),
      [ATTRIBUTE.TASK_RUN_ID]: `${run.runId}/${stage.id}/${attempt.number}`,
      [ATTRIBUTE.ATTEMPT]: attempt.number,
      ...outcomeAttributes(attempt.outcome),
    },
    error: errorOf(attempt.outcome),
  };
}

function common(
  run: RunState,
  startedAt: string | null,
  finishedAt: string | null,
): Pick<SpanFacts, 'traceId' | 'startMs' | 'endMs' | 'moments' | 'links'> {
  const startMs = Date.parse(startedAt ?? finishedAt ?? run.createdAt);
  const endMs = finishedAt === null ? startMs : Math.max(startMs, Date.parse(finishedAt));
  return { traceId: traceIdOf(run.runId), startMs, endMs, moments: [], links: [] };
}

const taskAttributes = (run: RunState, stage: StageId): Attributes => ({
  ...runAttributes(run),
  [ATTRIBUTE.TASK]: stage,
});

function outcomeAttributes(outcome: Outcome | null): Attributes {
  if (outcome === null) return {};
  const exitCode = outcome.type === 'failed' ? outcome.exitCode : null;
  return {
    [ATTRIBUTE.TASK_RESULT]: RESULTS[outcome.type],
    ...(exitCode === null ? {} : { [ATTRIBUTE.EXIT_CODE]: exitCode }),
    ...(errorOf(outcome) === null ? {} : { [ATTRIBUTE.ERROR_TYPE]: errorTypeOf(outcome) }),
  };
}

const errorTypeOf = (outcome: Outcome): string =>
  outcome.type === 'infra-error' ? outcome.error.code : outcome.type;

/** In words of our own: a message of the work's may tell what it ran. */
function errorOf(outcome: Outcome | null): string | null {
  if (outcome === null) return null;
  switch (outcome.type) {
    case 'failed':
      if (outcome.signal !== null) return `ended by ${outcome.signal}`;
      return outcome.exitCode === null ? 'failed' : `exit code ${outcome.exitCode}`;
    case 'timed-out':
      return `timed out after ${outcome.timeoutMs} ms`;
    case 'infra-error':
      return outcome.error.code;
    case 'succeeded':
    case 'cancelled':
      return null;
  }
}

function approvalMoments({ approval }: StageState): Moment[] {
  if (approval === null) return [];
  const moments: Moment[] = [
    { name: 'approval-requested', atMs: Date.parse(approval.requestedAt), attributes: {} },
  ];
  if (approval.decidedAt !== null && approval.decision !== null) {
    const attributes = { 'pipewright.approval.decision': approval.decision };
    moments.push({ name: 'approval-decided', atMs: Date.parse(approval.decidedAt), attributes });
  }
  return moments;
}

const msBetween = (from: string, to: string): number => Math.max(0, Date.parse(to) - Date.parse(from));
