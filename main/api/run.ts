import type { Host } from '#main/host/create-host.ts';
import { insideProject } from '#main/host/projects/pipeline-files.ts';
import { planRun } from '#main/host/projects/plan-run.ts';
import { followChanges } from '#main/host/runs/follow-changes.ts';
import { followRun } from '#main/host/runs/follow-run.ts';
import { listWaiting } from '#main/host/runs/list-waiting.ts';
import { requireTrust } from '#main/host/trust.ts';
import type { RerunFrom } from '#main/host/runs/plan-rerun.ts';
import { readRun } from '#main/host/runs/read-run.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { type RunId, stageIdOf } from '#shared/lib/ids.ts';
import { withoutReuse } from '#shared/pipeline/without-reuse.ts';
import { isFinalRunStatus } from '#shared/run/status.ts';
import { guarded, os } from './implementer.ts';

export function runProcedures(host: Host) {
  const { store, engine } = host;
  return {
    start: os.run.start.handler(async ({ input, context }) => {
      const {
        projectId,
        file,
        inputs,
        stages,
        reuse,
        pauseOnFailure,
        breakpoints,
        maxParallel = host.maxParallel,
      } = input;
      const { dir } = store.projects.get(projectId);
      insideProject(dir, file);
      const vet = requireTrust(host, { projectId, file });
      const { plan, issues } = await planRun(host.kinds, { projectDir: dir, file, inputs, stages, vet });
      if (plan === null) {
        const errors = issues.filter(({ severity }) => severity === 'error');
        throw new AppError('pipeline-invalid', errors[0]?.message ?? `${file} cannot run.`, {
          details: { issues },
        });
      }
      const run = await engine.start({
        projectDir: dir,
        pipelineFile: file,
        plan: reuse ? plan : withoutReuse(plan),
        trigger: context.trigger,
        maxParallel,
        pauseOnFailure,
        breakpoints: breakpoints.map(stageIdOf),
      });
      return store.runs.get(run.runId);
    }),
    list: os.run.list.handler(({ input }) => store.runs.list(input)),
    get: os.run.get.handler(({ input }) => store.runs.get(input.runId)),
    events: os.run.events.handler(({ input, signal }) =>
      guarded(eventBatches(host, input.runId, input.afterSeq, signal)),
    ),
    changes: os.run.changes.handler(({ signal }) => guarded(changeBatches(host, signal))),
    cancel: os.run.cancel.handler(({ input }) => {
      const stage = input.stage === undefined ? undefined : stageIdOf(input.stage);
      if (stage !== undefined && !readRun(store.events, input.runId).graph.indexOf.has(stage)) {
        throw new AppError('stage-not-found', `The run has no stage ${stage}.`);
      }
      return { accepted: host.cancel(input.runId, stage) };
    }),
    decide: os.run.decide.handler(async ({ input: { runId, stage, decision, comment } }) => {
      const by = await host.decide({ runId, stage: stageIdOf(stage), decision, comment: comment ?? null });
      return { accepted: by !== null };
    }),
    continue: os.run.continue.handler(async ({ input: { runId, stage } }) => ({
      accepted: await host.continueAttempt(runId, stageIdOf(stage)),
    })),
    waiting: os.run.waiting.handler(() => listWaiting(host)),
    resume: os.run.resume.handler(({ input }) => store.runs.get(host.resume(input.runId).runId)),
    rerun: os.run.rerun.handler(async ({ input, context }) => {
      const run = await host.rerun(input.runId, {
        from: rerunFrom(input),
        trigger: context.trigger,
        breakpoints: input.breakpoints.map(stageIdOf),
      });
      return store.runs.get(run.runId);
    }),
    pin: os.run.pin.handler(({ input: { runId, pinned } }) => {
      store.runs.pin(runId, pinned);
      return store.runs.get(runId);
    }),
    remove: os.run.remove.handler(async ({ input }) => ({ removed: await host.removeRun(input.runId) })),
  };
}

function rerunFrom(input: {
  readonly from: 'failed' | 'stage';
  readonly stage?: string | undefined;
}): RerunFrom {
  if (input.from === 'failed') return { type: 'failed' };
  if (input.stage === undefined) throw new AppError('usage', 'Name the stage to run again from.');
  return { type: 'stage', stage: stageIdOf(input.stage) };
}

async function* eventBatches({ store, engine }: Host, runId: RunId, afterSeq: number, signal?: AbortSignal) {
  store.runs.get(runId);
  const isActive = (): boolean =>
    store.events.lastSeq(runId) > 0 && !isFinalRunStatus(store.runs.get(runId).status);
  for await (const events of followRun({ events: store.events, engine, runId, afterSeq, signal, isActive })) {
    yield { events: [...events] };
  }
}

async function* changeBatches({ store }: Host, signal?: AbortSignal) {
  for await (const runs of followChanges(store.runs, signal)) yield { runs: [...runs] };
}
