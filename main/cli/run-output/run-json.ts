import { chunkedToArray } from '#shared/lib/chunked.ts';
import { exitCodeOf } from '#shared/run/outcome.ts';
import { LOCAL, type PlannedPlace } from '#shared/pipeline/plan-place.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import type { Usage } from '#shared/run/usage.ts';
import { isExpanded } from './is-expanded.ts';
import { runDurationMs } from './run-summary.ts';

/** The document that `runs show --format json` writes: a contract for scripts, so keys are added, never changed. */
export function runJson(state: RunState, pinned = false): unknown {
  return {
    id: state.runId,
    number: state.number,
    name: state.name,
    status: state.status,
    projectDir: state.projectDir,
    pipelineFile: state.pipelineFile,
    trigger: state.trigger.type,
    git: state.git,
    inputs: state.plan.inputs,
    createdAt: state.createdAt,
    startedAt: state.startedAt,
    finishedAt: state.finishedAt,
    durationMs: runDurationMs(state),
    pinned,
    stages: chunkedToArray(state.stages).flatMap((stage, index) => {
      const planned = state.plan.stages[index]!;
      return isExpanded(planned) ? [] : [stageJson(stage, planned, state)];
    }),
  };
}

function stageJson(stage: StageState, planned: PlannedStage, { plan, graph }: RunState): unknown {
  const needs = planned.needs.flatMap((id) => {
    const needed = plan.stages[graph.indexOf.get(id)!]!;
    return isExpanded(needed) ? (needed.matrix?.legs ?? []) : [id];
  });
  return {
    id: stage.id,
    kind: planned.kind,
    status: stage.status,
    needs,
    matrix: planned.leg?.values ?? null,
    place: placeJson(planned.place ?? LOCAL, stage.host),
    services: (planned.services ?? []).map(({ id, image = null }) => ({ id, image })),
    reason: stage.reason,
    attempts: stage.attempts.map((attempt) => ({
      number: attempt.number,
      outcome: attempt.outcome?.type ?? null,
      exitCode: attempt.outcome === null ? null : exitCodeOf(attempt.outcome),
      startedAt: attempt.startedAt,
      finishedAt: attempt.finishedAt,
      ...(attempt.usage === undefined ? {} : { usage: usageJson(attempt.usage) }),
    })),
    outputs: stage.outputs,
    artifacts: stage.artifacts,
    reports: stage.reports,
    issues: stage.issues,
    reusedFrom: stage.reusedFrom,
    approval: stage.approval,
  };
}

/** The figures at the attempt's end; their course is for charts. */
function usageJson({ cpuMs, memoryPeakBytes, readBytes, writtenBytes }: Usage): unknown {
  return { cpuMs, memoryPeakBytes, readBytes, writtenBytes };
}

/** @param host the one on which it ran, or waits to run */
function placeJson(place: PlannedPlace, host: string | undefined): unknown {
  switch (place.type) {
    case 'local':
      return { type: place.type };
    case 'container':
      return { type: place.type, image: place.container.image };
    case 'ssh':
      return { type: place.type, host: host ?? place.host };
    case 'ssh-labels':
      return { type: 'ssh', host: host ?? null, labels: place.labels };
  }
}
