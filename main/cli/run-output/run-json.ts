import { chunkedToArray } from '#shared/lib/chunked.ts';
import { exitCodeOf } from '#shared/run/outcome.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { runDurationMs } from './run-summary.ts';

/** The document that `runs show --format json` writes: a contract for scripts, so keys are added, never changed. */
export function runJson(state: RunState): unknown {
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
    stages: chunkedToArray(state.stages).map((stage, index) => ({
      id: stage.id,
      kind: state.plan.stages[index]!.kind,
      status: stage.status,
      needs: state.plan.stages[index]!.needs,
      matrix: null,
      reason: stage.reason,
      attempts: stage.attempts.map((attempt) => ({
        number: attempt.number,
        outcome: attempt.outcome?.type ?? null,
        exitCode: attempt.outcome === null ? null : exitCodeOf(attempt.outcome),
        startedAt: attempt.startedAt,
        finishedAt: attempt.finishedAt,
      })),
      outputs: stage.outputs,
      artifacts: stage.artifacts,
      reports: stage.reports,
      issues: stage.issues,
    })),
  };
}
