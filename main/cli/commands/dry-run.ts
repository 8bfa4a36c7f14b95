import os from 'node:os';
import path from 'node:path';
import { createEngine } from '#main/engine/engine.ts';
import type { Clock, EventStore } from '#main/engine/ports.ts';
import { createDummyExecutor } from '#main/executors/dummy/dummy-executor.ts';
import { createKindRegistry } from '#main/stages/registry.ts';
import type { PlannedStage, StepBody } from '#shared/pipeline/plan.ts';
import type { RunState } from '#shared/run/run-state.ts';
import type { RunStatus } from '#shared/run/status.ts';
import type { CliContext } from '../context.ts';
import { runJson } from '../run-output/run-json.ts';
import { plainText } from '../run-output/stage-line.ts';
import type { PlannedRun } from './run.ts';

/** Runs the plan on the real engine with an executor that starts nothing; nothing is written to disk. */
export async function dryRun({ output }: CliContext, planned: PlannedRun): Promise<RunStatus> {
  const order: PlannedStage[] = [];
  const byId = new Map(planned.plan.stages.map((stage) => [stage.id, stage]));
  const engine = createDryEngine();
  engine.subscribe((_runId, events) => {
    for (const event of events) {
      if (output.format === 'ndjson') output.json(event);
      if (event.type === 'approval-requested') {
        const by = event.allowed[0] ?? 'dry run';
        const decision = { decision: 'approved', by, comment: null } as const;
        queueMicrotask(() => engine.decideApproval(event.runId, event.stage, decision));
      }
      if (event.type !== 'attempt-started') continue;
      const stage = byId.get(event.stage);
      if (stage) order.push(stage);
    }
  });
  const handle = await engine.start({
    projectDir: planned.projectDir,
    pipelineFile: planned.pipelineFile,
    plan: planned.plan,
    trigger: { type: 'cli' },
    maxParallel: planned.maxParallel ?? os.availableParallelism(),
  });
  const state: RunState = await handle.finished;
  if (output.format === 'json') output.json(runJson(state));
  if (output.format === 'pretty') {
    const { bold, dim } = output.colors;
    output.line(`${bold(plainText(planned.plan.name))} would run ${order.length} stages, in this order:`);
    for (const stage of order) {
      const needs = stage.needs.length === 0 ? '' : dim(`  after ${stage.needs.map(plainText).join(', ')}`);
      output.line(`${plainText(stage.id)}${needs}`);
      for (const step of stage.steps) output.line(dim(`  ${summaryOf(step.body)}`));
    }
  }
  return state.status;
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

function createDryEngine(): ReturnType<typeof createEngine> {
  return createEngine({
    clock,
    random: Math.random,
    owner: { hostId: 'dry-run', pid: process.pid, startedAt: 0 },
    events: NO_STORE,
    logs: { open: () => ({ write: () => undefined, close: () => Promise.resolve() }) },
    workspaces: {
      prepare: () => Promise.resolve(),
      prepareFrom: () => Promise.resolve(),
      open: (_run, _plan, _stage, _attempt, projectDir) => Promise.resolve(projectDir),
      commandPrefix: () => Promise.resolve(os.tmpdir()),
      close: () => Promise.resolve(),
    },
    artifacts: {
      collect: () => Promise.resolve({ artifact: null, issues: [] }),
      place: () => Promise.resolve(),
    },
    // What a stage would report is not known; a stage that is judged by its reports counts as passed.
    reports: { collect: () => Promise.resolve({ reports: [], issues: [] }) },
    executors: { local: createDummyExecutor(clock) },
    kinds: { work: (body) => ({ ...createKindRegistry().work(body), verdict: 'exit-code' }) },
    sourceControl: { describe: () => Promise.resolve(null) },
    secrets: {
      // A dry run shows no secret and needs none: each stands for itself.
      resolve: (names) => Promise.resolve(Object.fromEntries(names.map((name) => [name, `$${name}`]))),
      mask: (log) => log,
      redact: (text) => text,
      contains: () => false,
    },
    caches: {
      restore: () => Promise.resolve({ hit: null, issues: [] }),
      save: () => Promise.resolve({ saved: false, sizeBytes: 0, issues: [] }),
    },
    reuse: { hashFiles: () => '', find: () => ({ result: null, changed: [] }), remember: () => undefined },
    locks: { acquire: () => Promise.resolve(() => undefined) },
    states: { read: () => ({}), write: () => undefined },
    projectIdOf: (dir) => dir,
    toolVersion: () => Promise.resolve(''),
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
