import type { SimulatedStage, Simulation } from '#shared/api/simulation-schemas.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import type { Issue } from '#shared/lib/issue.ts';
import { isHook } from '#shared/pipeline/plan.ts';
import { criticalPath } from '#shared/run/critical-path.ts';
import type { Situation } from './assume-event.ts';
import { explainStage, notesOf } from './explain-stage.ts';
import type { SimulatedRun } from './simulate-run.ts';

/** A simulated run as people and programs are told of it. */
export function describeSimulation(
  run: SimulatedRun,
  { event, git }: Situation,
  issues: readonly Issue[],
): Simulation {
  const { state } = run;
  const isTimed = state.plan.stages.some(({ id }) => state.expectedMs[id] !== undefined);
  const path = isTimed ? criticalPath(state, Date.parse(state.createdAt)) : [];
  const critical = new Set(path);
  const stages = state.plan.stages.map((_, index) => describeStage(run, index, critical, isTimed));
  const working = stages.filter(
    ({ kind, matrix }) => !isHook({ kind }) && (matrix === null || matrix.legs.length === 0),
  );
  const count = (verdict: SimulatedStage['verdict']): number =>
    working.filter((stage) => stage.verdict === verdict).length;
  const isGroup = new Set(stages.flatMap(({ id, matrix }) => (matrix?.legs.length ? [id] : [])));
  return {
    event,
    branch: git?.branch ?? null,
    stages,
    counts: { runs: count('runs'), skipped: count('skipped'), unknown: count('unknown') },
    estimate: {
      makespanMs: isTimed ? sinceStart(state, state.finishedAt) : null,
      untimed: run.order.filter((id) => !isApproval(run, id) && state.expectedMs[id] === undefined).length,
      maxParallel: Math.min(state.maxParallel, state.plan.maxParallel ?? state.maxParallel),
      criticalPath: path.filter((id) => !isGroup.has(id)),
    },
    issues: [...issues],
  };
}

const isApproval = ({ state }: SimulatedRun, id: string): boolean =>
  state.plan.stages[state.graph.indexOf.get(id)!]!.approval !== null;

function sinceStart({ createdAt }: SimulatedRun['state'], at: string | null): number {
  return at === null ? 0 : Date.parse(at) - Date.parse(createdAt);
}

function describeStage(
  run: SimulatedRun,
  index: number,
  critical: ReadonlySet<string>,
  isTimed: boolean,
): SimulatedStage {
  const { state, conditions } = run;
  const planned = state.plan.stages[index]!;
  const { id, name, kind, needs, continueOnError, matrix, leg, condition } = planned;
  const { startedAt } = chunkedGet(state.stages, index);
  const explanation = explainStage(run, index);
  return {
    ...{ id, name, kind, needs: [...needs], continueOnError, condition },
    matrix: matrix === null ? null : { legs: [...(matrix.legs ?? [])] },
    leg: leg === null ? null : { of: leg.of },
    ...explanation,
    notes: explanation.verdict === 'skipped' ? [] : notesOf(planned),
    values: [...(conditions.get(id)?.values ?? [])],
    expectedMs: state.expectedMs[id] ?? null,
    startsAfterMs: isTimed && startedAt !== null ? sinceStart(state, startedAt) : null,
    isCritical: critical.has(id),
  };
}
