import { evaluateCondition } from '#shared/expressions/evaluate-condition.ts';
import { interpolate } from '#shared/expressions/interpolate.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import type { StageId } from '#shared/lib/ids.ts';
import { expandLegs } from '#shared/pipeline/expand-legs.ts';
import { isHook, type PlannedStage } from '#shared/pipeline/plan.ts';
import { LOCAL } from '#shared/pipeline/plan-place.ts';
import type { Action } from '#shared/run/decide.ts';
import type { MatrixResult } from '#shared/run/due.ts';
import type { QueueReason, RunEventBody, WantedHost } from '#shared/run/events.ts';
import type { SkipReason } from '#shared/run/outcome.ts';
import type { RunState } from '#shared/run/run-state.ts';
import type { FinalStageStatus } from '#shared/run/status.ts';
import type { EnginePorts } from './engine.ts';
import { stageContexts } from './stage-environment.ts';

type Ports = Pick<EnginePorts, 'clock' | 'reuse'>;

/** What an action records at once. A fault in an expression fails its stage, with the expression and what it saw. */
export function eventsOf(action: Action, run: RunState, ports: Ports): readonly RunEventBody[] {
  switch (action.type) {
    case 'start-run':
      return [{ type: 'run-started' }];
    case 'start-attempt':
      return [{ type: 'attempt-started', stage: action.stage, attempt: action.attempt }];
    case 'skip-stage':
      return [ended(action.stage, 'skipped', action.reason)];
    case 'cancel-stage':
      return [
        ended(action.stage, 'cancelled', run.cancelRequested === null ? null : { type: 'run-cancelled' }),
      ];
    case 'finish-matrix':
      return groupEnded(action.stage, action.result, run);
    case 'fail-fast':
      return [{ type: 'cancel-requested', by: 'fail-fast', stage: null }];
    case 'evaluate-condition':
    case 'expand-matrix':
    case 'request-approval':
    case 'acquire-locks':
      return settled(action.type, action.stage, run, ports);
    case 'finish-run':
      return [];
    default:
      return assertNever(action);
  }
}

/** A matrix gives what its legs gave; a called pipeline gives what its file declares, over its last stages. */
function groupEnded(
  stage: StageId,
  { status, outputs }: MatrixResult,
  run: RunState,
): readonly RunEventBody[] {
  const planned = run.plan.stages[run.graph.indexOf.get(stage)!]!;
  const reason = status === 'skipped' ? ({ type: 'no-legs' } as const) : null;
  if (planned.kind !== 'pipeline' || status !== 'succeeded')
    return [{ ...ended(stage, status, reason), outputs }];
  try {
    const contexts = stageContexts(run, planned, 1);
    const declared = Object.entries(planned.outputs).map(([name, text]) => [
      name,
      interpolate(text, contexts),
    ]);
    return [
      { ...ended(stage, status, reason), outputs: Object.fromEntries(declared) as Record<string, string> },
    ];
  } catch (error) {
    return failed(stage, run, error instanceof Error ? error.message : String(error));
  }
}

function settled(
  type: 'evaluate-condition' | 'expand-matrix' | 'request-approval' | 'acquire-locks',
  stage: StageId,
  run: RunState,
  ports: Ports,
): readonly RunEventBody[] {
  const planned = run.plan.stages[run.graph.indexOf.get(stage)!]!;
  try {
    switch (type) {
      case 'evaluate-condition':
        return conditionEvents(planned, run, ports);
      case 'expand-matrix':
        return [
          { type: 'matrix-expanded', stage, legs: expandLegs(planned, stageContexts(run, planned, 1)).legs },
        ];
      case 'request-approval':
        return [approvalRequest(planned, run, ports)];
      case 'acquire-locks':
        return [{ type: 'stage-queued', stage, reason: lockReason(planned, run) }];
    }
  } catch (error) {
    return failed(stage, run, error instanceof Error ? error.message : String(error));
  }
}

function conditionEvents(planned: PlannedStage, run: RunState, ports: Ports): readonly RunEventBody[] {
  const { id: stage, condition } = planned;
  if (condition === null) return [{ type: 'condition-met', stage }];
  const { blockedBy, hasFailedAncestor } = chunkedGet(run.stages, run.graph.indexOf.get(stage)!);
  const cancelled = run.cancelRequested !== null;
  const status = {
    success: blockedBy === null && !cancelled,
    failure: hasFailedAncestor && (!cancelled || run.cancelRequested === 'fail-fast'),
    cancelled,
  };
  const { result } = evaluateCondition(condition, stageContexts(run, planned, 1), status, {
    hashFiles: (globs) => ports.reuse.hashFiles(run.projectDir, globs),
  });
  if (result) return [{ type: 'condition-met', stage }];
  // A stage that only says `success()` was skipped because of what it needs; that says more than the condition.
  if (blockedBy !== null && !cancelled) {
    const { status: upstream } = chunkedGet(run.stages, run.graph.indexOf.get(blockedBy)!);
    return [ended(stage, 'skipped', { type: 'upstream', stage: blockedBy, status: upstream })];
  }
  return [
    ended(stage, 'skipped', {
      type: 'condition',
      expression: isHook(planned) ? condition.replace('always() && ', '') : condition,
    }),
  ];
}

function lockReason(planned: PlannedStage, run: RunState): QueueReason {
  const { locks, concurrency = null } = planned;
  const contexts = stageContexts(run, planned, 1);
  const names = locks.map((name) => interpolate(name, contexts));
  const group = concurrency === null ? null : interpolate(concurrency.group, contexts);
  const host = wantedHost(planned, (text) => interpolate(text, contexts));
  return {
    type: 'locks',
    names,
    ...(group === null ? {} : { group }),
    ...(host === null ? {} : { host }),
  };
}

function wantedHost({ place = LOCAL }: PlannedStage, evaluate: (text: string) => string): WantedHost | null {
  switch (place.type) {
    case 'ssh':
      return { name: evaluate(place.host), labels: [] };
    case 'ssh-labels':
      return { name: null, labels: place.labels.map(evaluate) };
    case 'local':
    case 'container':
      return null;
  }
}

function approvalRequest(planned: PlannedStage, run: RunState, ports: Ports): RunEventBody {
  const { message = '', allowed = [], timeoutMs = null } = planned.approval ?? {};
  return {
    type: 'approval-requested',
    stage: planned.id,
    message: interpolate(message, stageContexts(run, planned, 1)),
    allowed,
    expiresAt: timeoutMs === null ? null : new Date(ports.clock.now() + timeoutMs).toISOString(),
  };
}

/** Through an attempt, so that every list shows why. */
function failed(stage: StageId, run: RunState, message: string): readonly RunEventBody[] {
  const attempt = chunkedGet(run.stages, run.graph.indexOf.get(stage)!).attempts.length + 1;
  const outcome = { type: 'failed', exitCode: null, signal: null, message } as const;
  return [
    { type: 'condition-met', stage },
    { type: 'attempt-started', stage, attempt },
    { type: 'attempt-finished', stage, attempt, outcome },
    { type: 'stage-finished', stage, status: 'failed', outputs: {}, reason: null },
  ];
}

function ended(
  stage: StageId,
  status: FinalStageStatus,
  reason: SkipReason | null,
): Extract<RunEventBody, { type: 'stage-finished' }> {
  return { type: 'stage-finished', stage, status, outputs: {}, reason };
}
