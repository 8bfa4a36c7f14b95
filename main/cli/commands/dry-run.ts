import os from 'node:os';
import path from 'node:path';
import { createEngine } from '#main/engine/engine.ts';
import type { Clock, EventStore } from '#main/engine/ports.ts';
import { INERT_PORTS } from '#main/executors/dummy/inert-ports.ts';
import { createDummyExecutor } from '#main/executors/dummy/dummy-executor.ts';
import { createKindRegistry } from '#main/stages/registry.ts';
import { chunkedGet, chunkedToArray } from '#shared/lib/chunked.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { Plan, PlannedStage, StepBody } from '#shared/pipeline/plan.ts';
import type { GitInfo, RunTrigger } from '#shared/run/events.ts';
import type { RunState } from '#shared/run/run-state.ts';
import type { RunStatus } from '#shared/run/status.ts';
import type { CliContext } from '../context.ts';
import { runJson } from '../run-output/run-json.ts';
import { isExpanded } from '../run-output/is-expanded.ts';
import type { Colors } from '../output.ts';
import { plainText, reasonOf } from '../run-output/stage-line.ts';
import type { PlannedRun } from './run.ts';

/** What a dry run takes as given. */
export interface DryRunSituation {
  /** Null outside of a branch; the project's own unless said. */
  readonly git: GitInfo | null;
  readonly trigger: RunTrigger;
}

/**
 * Runs the plan on the real engine with an executor that starts nothing, so that conditions and matrices are evaluated as in
 * a run; every stage succeeds, every approval is given, outputs are empty. Nothing is written to disk.
 */
export async function dryRun(
  { output }: CliContext,
  planned: PlannedRun,
  { git, trigger }: DryRunSituation,
): Promise<RunStatus> {
  const order: StageId[] = [];
  const engine = createDryEngine(git);
  engine.subscribe((_runId, events) => {
    for (const event of events) {
      if (output.format === 'ndjson') output.json(event);
      if (event.type === 'approval-requested') {
        const by = event.allowed[0] ?? 'dry run';
        const decision = { decision: 'approved', by, comment: null } as const;
        queueMicrotask(() => engine.decideApproval(event.runId, event.stage, decision));
      }
      if (event.type === 'attempt-started' || event.type === 'approval-requested') order.push(event.stage);
    }
  });
  const handle = await engine.start({
    projectDir: planned.projectDir,
    pipelineFile: planned.pipelineFile,
    plan: withoutUnknown(planned.plan),
    trigger,
    maxParallel: planned.maxParallel ?? os.availableParallelism(),
  });
  const state: RunState = await handle.finished;
  if (output.format === 'json') output.json(runJson(state));
  if (output.format === 'pretty')
    for (const line of prettyLines(state, order, output.colors)) output.line(line);
  return state.status;
}

/** A matrix over outputs of stages that did not run is one stage here: nobody knows its legs. */
function withoutUnknown(plan: Plan): Plan {
  const stages = plan.stages.map((stage): PlannedStage =>
    stage.matrix?.legs === null && stage.matrix.template !== null
      ? { ...stage.matrix.template.leg, id: stage.id, needs: stage.needs, kind: 'matrix' }
      : stage,
  );
  return { ...plan, stages };
}

function prettyLines(state: RunState, order: readonly StageId[], { bold, dim, yellow }: Colors): string[] {
  const at = (id: StageId): number => state.graph.indexOf.get(id)!;
  const lines = [`${bold(plainText(state.name))} would run ${order.length} stages, in this order:`];
  for (const id of order) {
    const stage = state.plan.stages[at(id)]!;
    const needs = stage.needs.length === 0 ? '' : dim(`  after ${stage.needs.map(plainText).join(', ')}`);
    const fault = chunkedGet(state.stages, at(id)).status === 'succeeded' ? '' : faultOf(state, id);
    lines.push(`${plainText(id)}${needs}${yellow(fault)}`);
    if (stage.kind === 'matrix') lines.push(dim('  once for each leg of a matrix that outputs decide'));
    if (stage.approval !== null)
      lines.push(dim(`  waits for approval: ${plainText(stage.approval.message)}`));
    for (const step of stage.steps) lines.push(dim(`  ${summaryOf(step.body)}`));
  }
  const skipped = chunkedToArray(state.stages).filter(
    ({ id, status }) => status === 'skipped' && !isExpanded(state.plan.stages[at(id)]!),
  );
  if (skipped.length > 0) lines.push('', 'It would leave out:');
  for (const stage of skipped) lines.push(`${plainText(stage.id)}  ${dim(reasonOf(stage) ?? '')}`);
  return lines;
}

/** Nothing is done, so only an expression can go wrong. */
function faultOf({ graph, stages }: RunState, id: StageId): string {
  return `  ${reasonOf(chunkedGet(stages, graph.indexOf.get(id)!)) ?? 'cannot be told'}`;
}

function summaryOf(body: StepBody): string {
  if (body.type === 'uses') return `uses ${plainText(body.kind)}`;
  const [first = '', ...rest] = body.script.trim().split('\n');
  return plainText(first) + (rest.length > 0 ? ` … (${rest.length + 1} lines)` : '');
}

const clock: Clock = {
  now: Date.now,
  // Nothing takes any time, so no timeout can come.
  after: () => () => undefined,
};

function createDryEngine(git: GitInfo | null): ReturnType<typeof createEngine> {
  return createEngine({
    clock,
    random: Math.random,
    owner: { hostId: 'dry-run', pid: process.pid, startedAt: 0 },
    events: NO_STORE,
    logs: { open: () => ({ write: () => undefined, close: () => Promise.resolve() }) },
    ...INERT_PORTS,
    executors: { local: createDummyExecutor(clock) },
    // What a stage would report is not known; a stage that is judged by its reports counts as passed.
    kinds: { work: (body) => ({ ...createKindRegistry().work(body), verdict: 'exit-code' }) },
    sourceControl: { describe: () => Promise.resolve(git) },
    maxParallel: Number.MAX_SAFE_INTEGER,
    baseEnv: {},
    paths: { separator: path.sep, delimiter: path.delimiter },
    graceMs: 0,
  });
}

/** Keeps nothing: the engine folds its events itself. */
const NO_STORE: EventStore = {
  create: (_owner, make) => make(1),
  append: () => undefined,
  saveReport: () => undefined,
  addProcess: () => undefined,
  removeProcess: () => undefined,
};
