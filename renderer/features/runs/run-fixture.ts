import { runIdOf, stageIdOf } from '#shared/lib/ids.ts';
import type { Plan, PlannedStage } from '#shared/pipeline/plan.ts';
import type { RunEvent, RunEventBody } from '#shared/run/events.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { foldRun } from '#shared/run/reduce-run.ts';
import type { RunState } from '#shared/run/run-state.ts';
import type { FinalStageStatus } from '#shared/run/status.ts';

/** Builders of runs for tests: an event log is written down in a few words and folded as a real one is. */

const START_MS = Date.UTC(2026, 0, 1);

export function planned(
  id: string,
  needs: readonly string[] = [],
  more: Partial<PlannedStage> = {},
): PlannedStage {
  return {
    id: stageIdOf(id),
    name: id,
    kind: 'run',
    needs: needs.map(stageIdOf),
    steps: [],
    env: {},
    workingDirectory: null,
    timeoutMs: null,
    continueOnError: false,
    artifacts: [],
    reports: { junit: [], coverage: [] },
    outputs: {},
    condition: null,
    retry: null,
    approval: null,
    matrix: null,
    leg: null,
    caches: [],
    skipIfUnchanged: null,
    secrets: [],
    environment: null,
    locks: [],
    slots: 1,
    state: [],
    hooks: { success: null, failure: null },
    line: 1,
    ...more,
  };
}

export function plan(stages: readonly PlannedStage[]): Plan {
  return {
    name: 'Test',
    workspace: 'shared',
    env: {},
    inputs: {},
    stages,
    timeoutMs: null,
    failFast: false,
    maxParallel: null,
    concurrency: null,
    onRestart: 'wait',
    vars: {},
    state: {},
  };
}

/** A matrix whose legs are known: one stage for each leg and, before them, the one that stands for all. */
export function matrix(
  id: string,
  values: readonly Readonly<Record<string, unknown>>[],
  needs: readonly string[] = [],
): PlannedStage[] {
  const legs = values.map((leg) => {
    const text = Object.entries(leg).map(([key, value]) => `${key}=${String(value)}`);
    return planned(`${id}[${text.join(',')}]`, needs, { leg: { values: leg, of: stageIdOf(id) } });
  });
  const ids = legs.map((leg) => leg.id);
  const group = planned(id, ids, {
    kind: 'matrix',
    matrix: { failFast: false, maxParallel: null, legs: ids, template: null },
  });
  return [group, ...legs];
}

type Loose<Body> = Body extends { readonly stage: unknown }
  ? Omit<Body, 'stage'> & { readonly stage: string }
  : Body;
export type LooseEvent = Loose<Exclude<RunEventBody, { type: 'run-created' | 'cancel-requested' }>> & {
  /** Milliseconds since the run was made; default: that of the event before. */
  readonly ms?: number;
};

export const event = {
  /** A whole log with its `run-created`. */
  log(ofPlan: Plan, bodies: readonly LooseEvent[]): RunEvent[] {
    const created: RunEventBody = {
      type: 'run-created',
      name: ofPlan.name,
      number: 1,
      projectDir: '/project',
      pipelineFile: 'pipewright.yml',
      plan: ofPlan,
      trigger: { type: 'manual' },
      git: null,
      maxParallel: 4,
    };
    let nowMs = 0;
    return [created, ...bodies].map((body, index) => {
      if ('ms' in body) nowMs = body.ms ?? nowMs;
      const at = new Date(START_MS + nowMs).toISOString();
      return { ...body, runId: runIdOf('0000000000000run'), seq: index + 1, at } as RunEvent;
    });
  },
};

/** A stage that runs once, from `fromMs` to `toMs`. */
export function ran(
  stage: string,
  fromMs: number,
  toMs: number,
  status: FinalStageStatus = 'succeeded',
): readonly LooseEvent[] {
  const outcome: Outcome =
    status === 'succeeded'
      ? { type: 'succeeded' }
      : { type: 'failed', exitCode: 1, signal: null, message: null };
  return [
    { type: 'attempt-started', stage, attempt: 1, ms: fromMs },
    { type: 'attempt-finished', stage, attempt: 1, outcome, ms: toMs },
    { type: 'stage-finished', stage, status, outputs: {}, reason: null, ms: toMs },
  ];
}

/** The state after these events, which are put in the order of their times. */
export function runOf(ofPlan: Plan, events: readonly (readonly LooseEvent[])[]): RunState {
  const ordered = events.flat().sort((a, b) => (a.ms ?? 0) - (b.ms ?? 0));
  const state = foldRun(event.log(ofPlan, [{ type: 'run-started' }, ...ordered]));
  if (state === null) throw new Error('A log with events folds to a state');
  return state;
}
