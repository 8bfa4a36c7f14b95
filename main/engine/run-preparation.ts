import { toAppError } from '#shared/lib/app-error.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import { runGroup } from './concurrency.ts';
import type { ReuseRequest } from './engine.ts';
import type { RunScope } from './run-scope.ts';

/**
 * Waits for the run's concurrency group.
 * @returns the way to leave it
 * @throws when `signal` aborts, or the group's name cannot be evaluated
 */
export async function enterGroup(scope: RunScope, signal: AbortSignal): Promise<() => void> {
  const { ports, runId, project, journal } = scope;
  const { plan, status } = journal.state();
  const group = runGroup(project, journal.state());
  if (group === null) return () => undefined;
  return ports.locks.acquire([group], ports.owner, runId, signal, {
    name: group,
    // A run that goes on is no newer one: it waits for those that began meanwhile.
    endsOthers: (plan.concurrency?.cancelInProgress ?? false) && status !== 'interrupted',
    onSuperseded: () => scope.guarded(() => void scope.cancel('superseded')),
  });
}

/** Prepares what all stages share; an interrupted run has it already, unless it never began. */
export async function prepareWorkspace(
  { ports, runId, journal }: RunScope,
  reuse: ReuseRequest | null,
  signal: AbortSignal,
): Promise<void> {
  const { status, startedAt, plan, projectDir, git } = journal.state();
  if (status === 'interrupted' && startedAt !== null) return;
  const checkout = git?.isCheckedOut === true ? git : null;
  if (reuse === null) await ports.workspaces.prepare(runId, plan, projectDir, signal, checkout);
  else await ports.workspaces.prepareFrom(runId, reuse.runId, plan, projectDir, signal);
}

/** Without a workspace no stage can be tried: those that could start say why, the others follow as skipped. */
export function failBeforeStart({ journal, emit }: RunScope, error: unknown): void {
  const { code, message, hint } = toAppError(error, 'workspace-failed');
  emit([{ type: journal.state().status === 'queued' ? 'run-started' : 'run-resumed' }]);
  const place = { path: journal.state().pipelineFile, line: null, column: null };
  const issue = { code, severity: 'error', ...place, message, hint } as const;
  for (const stage of chunkedToArray(journal.state().stages).filter(({ status }) => status === 'ready')) {
    emit([
      { type: 'issue-raised', stage: stage.id, attempt: 1, issue },
      { type: 'stage-finished', stage: stage.id, status: 'infra-error', outputs: {}, reason: null },
    ]);
  }
}

/** Takes over results of an earlier run, in an order in which what a stage needs comes before it. */
export function reuseResults(
  { journal, emit, stageOf }: RunScope,
  { runId: earlier, stages }: ReuseRequest,
): void {
  for (const index of journal.state().graph.order) {
    const stage = journal.state().plan.stages[index]!.id;
    const result = stages.get(stage);
    if (result === undefined) continue;
    const { artifacts, reports, outputs } = result;
    if (!stageOf(stage).conditionMet) emit([{ type: 'condition-met', stage }]);
    emit([
      { type: 'stage-reused', stage, from: { runId: earlier, because: 'rerun', artifacts, reports } },
      { type: 'stage-finished', stage, status: 'succeeded', outputs, reason: null },
    ]);
  }
}
