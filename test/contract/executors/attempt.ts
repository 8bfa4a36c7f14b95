import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LogSink, OpenPlace, ScriptCommand } from '#main/engine/ports.ts';
import type { DummyStage } from '#main/executors/dummy/dummy-executor.ts';
import { createRunId, type RunId, stageIdOf } from '#shared/lib/ids.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import type { ContractSubject } from './contract-subject.ts';
import { createMemoryLog, type MemoryLog } from './memory-log.ts';

export interface StepOptions extends Partial<ScriptCommand> {
  /** What a scripted executor does instead. */
  readonly scripted?: DummyStage;
  /** Beside what every step of the attempt gets. */
  readonly env?: Readonly<Record<string, string>>;
  /** Below the workspace as the steps see it. */
  readonly folder?: string;
  readonly signal?: AbortSignal;
  /** Default: the attempt's. */
  readonly log?: LogSink;
  readonly graceMs?: number;
}

/** One attempt of a stage in a place that is open, in a run of its own. */
export interface Attempt extends AsyncDisposable {
  readonly runId: RunId;
  readonly place: OpenPlace;
  /** The stage's folder on this machine. */
  readonly workspace: string;
  readonly log: MemoryLog;
  /** Process groups that were told as started and not yet as gone. */
  readonly processes: ReadonlySet<number>;
  step(script: string, options?: StepOptions): Promise<Outcome>;
}

export interface AttemptOptions {
  readonly signal?: AbortSignal;
  /** Fills the workspace before the place opens. */
  readonly prepare?: (workspace: string) => void;
}

const NEVER = new AbortController().signal;
/** Long enough for a shell to run its trap on a machine with much to do; a test that waits for force says less. */
const GRACE_MS = 10_000;
let count = 0;

/** Opens a place as the engine does. What it rejects with is the place's own; nothing is left of it then. */
export async function openAttempt(
  { places, place: planned, script: tell }: ContractSubject,
  { signal = NEVER, prepare = () => undefined }: AttemptOptions = {},
): Promise<Attempt> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-contract-'));
  const workspace = path.join(folder, 'workspace');
  const commandPrefix = path.join(folder, 'commands', 'stage@1.');
  mkdirSync(workspace);
  mkdirSync(path.dirname(commandPrefix));
  prepare(workspace);
  const runId = createRunId(Date.now(), Math.random);
  const stage = stageIdOf(`stage-${(count += 1)}`);
  const log = createMemoryLog();
  const processes = new Set<number>();
  const shared = {
    runId,
    stage,
    attempt: 1,
    onProcess(pid: number, state: 'started' | 'gone') {
      if (state === 'started') processes.add(pid);
      else processes.delete(pid);
    },
  };
  const release = async (): Promise<void> => {
    await places.release(runId);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  let place: OpenPlace;
  try {
    place = await places.open(
      {
        ...shared,
        ...{ place: planned, services: [], resources: null, workspace, commandPrefix, log },
        openServiceLog: createMemoryLog,
        holdsSecret: () => false,
        graceMs: GRACE_MS,
      },
      signal,
    );
  } catch (error) {
    await release();
    throw error;
  }
  let closing: Promise<void> | null = null;
  const base = place.baseEnv ?? { PATH: process.env.PATH ?? '' };
  return {
    ...{ runId, place, workspace, log, processes },
    step(text, options = {}) {
      const { scripted, env, folder: below, signal: abort = NEVER, log: other = log } = options;
      const { shell = null, isConfidential = false, graceMs = GRACE_MS } = options;
      if (scripted !== undefined) tell?.(stage, scripted);
      return place.execute(
        {
          ...shared,
          command: { script: text, shell, isConfidential },
          cwd:
            below === undefined
              ? place.seenWorkspace
              : `${place.seenWorkspace}${place.paths.separator}${below}`,
          commandPrefix: place.seenCommandPrefix,
          env: {
            ...base,
            PIPEWRIGHT_RUN_ID: runId,
            PIPEWRIGHT_OUTPUT: `${place.seenCommandPrefix}output`,
            ...env,
          },
          ...{ log: other, graceMs },
        },
        abort,
      );
    },
    [Symbol.asyncDispose]() {
      closing ??= place.close().then(release);
      return closing;
    },
  };
}
