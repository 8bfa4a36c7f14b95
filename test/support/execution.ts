import { mkdtempSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExecutionRequest, LogStream } from '#main/engine/ports.ts';
import { createRunId, type RunId, stageIdOf } from '#shared/lib/ids.ts';

export interface Execution {
  readonly request: ExecutionRequest;
  readonly runId: RunId;
  readonly folder: string;
  /** All output so far, as bytes, by stream. */
  output(stream?: LogStream): Buffer;
  readonly processes: Set<number>;
}

/** A request for an executor with a workspace of its own and a log that keeps everything in memory. */
export function execution(script: string, options: Partial<ExecutionRequest> = {}): Execution {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-execution-'));
  const cwd = path.join(folder, 'workspace');
  const commandPrefix = path.join(folder, 'commands', 'stage@1.');
  mkdirSync(cwd);
  mkdirSync(path.dirname(commandPrefix));
  const runId = createRunId(Date.now(), Math.random);
  const chunks: { stream: LogStream; chunk: Buffer }[] = [];
  const processes = new Set<number>();
  return {
    runId,
    folder,
    processes,
    output: (stream) =>
      Buffer.concat(chunks.filter((each) => !stream || each.stream === stream).map(({ chunk }) => chunk)),
    request: {
      runId,
      stage: stageIdOf('stage'),
      attempt: 1,
      command: { script, shell: null },
      cwd,
      commandPrefix,
      env: {
        PATH: process.env.PATH ?? '',
        PIPEWRIGHT_RUN_ID: runId,
        PIPEWRIGHT_OUTPUT: `${commandPrefix}output`,
      },
      log: {
        write: (stream, chunk) => {
          chunks.push({ stream, chunk });
          return undefined;
        },
        close: () => Promise.resolve(),
      },
      onProcess: (pid, state) => (state === 'started' ? processes.add(pid) : processes.delete(pid)),
      graceMs: 300,
      ...options,
    },
  };
}

export function removeExecution({ folder }: Execution): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Whether a process exists and is not a zombie that nobody has collected yet. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    // Nobody has that pid.
    return false;
  }
}
