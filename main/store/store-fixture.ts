// For the tests of this folder.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunOwner } from '#main/engine/ports.ts';
import { createRunId, type RunId, type StageId, stageIdOf } from '#shared/lib/ids.ts';
import type { Plan } from '#shared/pipeline/plan.ts';
import { plan, stage } from '#test/support/plans.ts';
import { type TestCase, type TestReport, type TestStatus } from '#shared/reports/test-report.ts';
import type { GitInfo, RunEvent, RunEventBody } from '#shared/run/events.ts';
import { openStore, type Store } from './open-store.ts';

export const OWNER: RunOwner = { hostId: 'host-a', pid: 4711, startedAt: 1_000 };
export const BEGIN = Date.parse('2026-11-02T09:00:00.000Z');

export function isoAfter(ms: number): string {
  return new Date(BEGIN + ms).toISOString();
}

/** A folder that is removed when the test's `using` ends. */
export function tempDir(): { readonly dir: string } & Disposable {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'pipewright-store-'));
  return { dir, [Symbol.dispose]: () => fs.rmSync(dir, { recursive: true, force: true }) };
}

/** A store in a folder of its own with one project folder beside it. */
export function tempStore(): {
  readonly store: Store;
  readonly dataDir: string;
  readonly projectDir: string;
} & Disposable {
  const temp = tempDir();
  const dataDir = path.join(temp.dir, 'data');
  const projectDir = path.join(temp.dir, 'project');
  fs.mkdirSync(projectDir);
  const store = openStore(dataDir, () => BEGIN);
  return {
    store,
    dataDir,
    projectDir,
    [Symbol.dispose]: () => {
      store.close();
      temp[Symbol.dispose]();
    },
  };
}

export function planOf(stages: readonly string[]): Plan {
  return plan(
    stages.map((id, index) => stage(id, { steps: [], line: index + 1 })),
    { name: 'Web shop' },
  );
}

export interface NewRun {
  readonly stages?: readonly string[];
  /** Instead of one made of `stages`. */
  readonly plan?: Plan;
  readonly name?: string;
  readonly pipelineFile?: string;
  readonly git?: GitInfo | null;
  /** Milliseconds after `BEGIN`. */
  readonly at?: number;
}

let made = 0;

/** Stores a run and answers with a function that appends events to it, numbering and dating them. */
export function createRun(store: Store, projectDir: string, run: NewRun = {}): RunInStore {
  const at = run.at ?? 0;
  made += 1;
  const runId = createRunId(BEGIN + at, () => ((made * 7) % 36) / 36);
  let seq = 1;
  const first = store.events.create(OWNER, (number) => ({
    type: 'run-created',
    runId,
    seq,
    at: isoAfter(at),
    name: run.name ?? 'Web shop',
    number,
    projectDir,
    pipelineFile: run.pipelineFile ?? 'pipewright.yml',
    plan: run.plan ?? planOf(run.stages ?? ['build', 'test']),
    trigger: { type: 'manual' },
    git: run.git ?? null,
    maxParallel: 2,
  }));
  return {
    runId,
    first,
    append(ms, ...bodies) {
      const events = bodies.map((body): RunEvent => ({ ...body, runId, seq: ++seq, at: isoAfter(at + ms) }));
      store.events.append(runId, events);
      return events;
    },
  };
}

export interface RunInStore {
  readonly runId: RunId;
  readonly first: RunEvent;
  /** @param ms after the run was created */
  append(ms: number, ...bodies: readonly RunEventBody[]): RunEvent[];
}

export const build: StageId = stageIdOf('build');
export const test: StageId = stageIdOf('test');

export function stageFinished(
  stage: StageId,
  status: 'succeeded' | 'failed' | 'timed-out' | 'skipped',
): RunEventBody {
  return { type: 'stage-finished', stage, status, outputs: {}, reason: null };
}

export function testsReported(
  stage: StageId,
  attempt: number,
  total: number,
  failed: number,
  errored = 0,
): RunEventBody {
  const passed = total - failed - errored;
  return {
    type: 'report-stored',
    stage,
    attempt,
    report: { type: 'tests', total, passed, failed, errored, skipped: 0, durationMs: 1 },
  };
}

/** A report with one suite, `money`. */
export function testReport(
  cases: readonly (readonly [name: string, status: TestStatus, more?: Partial<TestCase>])[],
): TestReport {
  const none = { classname: null, file: null, line: null, message: null, details: null, stdout: null };
  const listed = cases.map(([name, status, more]): TestCase => ({
    ...{ ...none, stderr: null, name, status, durationMs: 5, ...more },
  }));
  const count = (status: TestStatus): number => listed.filter((test) => test.status === status).length;
  const counts = {
    ...{ total: listed.length, passed: count('passed'), failed: count('failed') },
    ...{ errored: count('errored'), skipped: count('skipped'), durationMs: 5 * listed.length },
  };
  const suite = { name: 'money', file: null, timestamp: null, stdout: null, stderr: null };
  return { ...counts, suites: [{ ...counts, ...suite, cases: listed }] };
}
