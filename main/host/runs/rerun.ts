import type { Blobs } from '#main/artifacts/blobs.ts';
import type { Engine, RunHandle } from '#main/engine/engine.ts';
import type { RunOwner } from '#main/engine/ports.ts';
import type { Store } from '#main/store/open-store.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { ArtifactSummary, RunTrigger } from '#shared/run/events.ts';
import { isFinalRunStatus } from '#shared/run/status.ts';
import { hasWorkspace } from '../storage/run-folders.ts';
import { planRerun, type RerunFrom } from './plan-rerun.ts';
import { readRun } from './read-run.ts';

export interface RerunRequest {
  readonly from: RerunFrom;
  readonly trigger: RunTrigger;
  /** Stages that wait before their first step; those of the earlier run do not count. */
  readonly breakpoints?: readonly StageId[];
}

interface RerunPorts {
  readonly engine: Pick<Engine, 'start'>;
  readonly store: Store;
  readonly owner: RunOwner;
  readonly blobs: Pick<Blobs, 'claimSync'>;
  readonly dataDir: string;
}

/** See `Host.rerun`. The earlier run cannot be removed until the new one is over. */
export async function rerun(ports: RerunPorts, runId: RunId, request: RerunRequest): Promise<RunHandle> {
  const release = ports.store.runHolds.hold(runId, ports.owner);
  try {
    const run = await start(ports, runId, request);
    void run.finished.finally(release).catch(() => undefined);
    return run;
  } catch (error) {
    release();
    throw error;
  }
}

function start(
  { engine, store, blobs, dataDir }: RerunPorts,
  runId: RunId,
  { from, trigger, breakpoints = [] }: RerunRequest,
): Promise<RunHandle> {
  const state = readRun(store.events, runId);
  if (!isFinalRunStatus(state.status)) {
    throw new AppError('usage', `Run #${state.number} of ${state.name} is still ${state.status}.`, {
      hint: 'Wait for its end, or cancel it first.',
    });
  }
  const [created] = store.events.read(runId, 0, 1);
  const original = created?.type === 'run-created' ? created.plan : state.plan;
  const isStored = ({ sha256 }: ArtifactSummary): boolean => blobs.claimSync(sha256);
  const { plan, reused } = planRerun(original, state, from, isStored);
  if (plan.workspace !== 'in-place' && !hasWorkspace(dataDir, runId)) {
    throw new AppError('usage', `The workspace of run #${state.number} of ${state.name} is gone.`, {
      hint: 'Run the pipeline anew; `retention` says how long workspaces are kept.',
    });
  }
  return engine.start({
    projectDir: state.projectDir,
    pipelineFile: state.pipelineFile,
    plan,
    trigger: { ...trigger, reason: reasonOf(state.number, from) },
    maxParallel: state.maxParallel,
    breakpoints,
    reuse: { runId, stages: reused },
    // Its files are those of the earlier run, wherever the project stands now.
    ...(plan.workspace === 'in-place' ? {} : { git: state.git }),
  });
}

function reasonOf(number: number, from: RerunFrom): string {
  return from.type === 'stage'
    ? `Run #${number} again from ${from.stage}`
    : `What failed in run #${number}, again`;
}
