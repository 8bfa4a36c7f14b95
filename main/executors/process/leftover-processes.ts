import { readdirSync, readFileSync } from 'node:fs';
import { endGroup } from './process-group.ts';
import { processStartedAt } from './process-start.ts';

/** A process group that a host recorded before it died. */
export interface RecordedProcess {
  readonly pid: number;
  /** Epoch milliseconds. */
  readonly spawnedAt: number;
}

const START_TOLERANCE_MS = 2_000;

/**
 * Ends what a dead host's run left: recorded groups whose leader still is the process that was recorded
 * (pid and start time both match), and on Linux every process whose environment names the run.
 */
export async function killLeftoverProcesses(
  runId: string,
  recorded: readonly RecordedProcess[],
  graceMs = 1_000,
): Promise<void> {
  const groups: number[] = [];
  for (const { pid, spawnedAt } of recorded) {
    const startedAt = await processStartedAt(pid);
    if (startedAt !== null && Math.abs(startedAt - spawnedAt) <= START_TOLERANCE_MS) groups.push(pid);
  }
  await Promise.all(groups.map((pid) => endGroup(pid, graceMs)));
  endMarkedProcesses(runId);
}

/** Of a shell that a person opened in a stage: it outlives the run, and ends with its window. */
const SHELL_MARKER = Buffer.from('\0PIPEWRIGHT_SHELL=1\0');

/**
 * Ends by force every process that inherited `PIPEWRIGHT_RUN_ID=runId`, whatever group or session it made for itself.
 * Linux only: elsewhere the environment of another process cannot be read cheaply.
 */
export function endMarkedProcesses(runId: string): void {
  if (process.platform !== 'linux') return;
  const marker = Buffer.from(`\0PIPEWRIGHT_RUN_ID=${runId}\0`);
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    if (hasMarker(pid, marker)) forceEnd(pid);
  }
}

function hasMarker(pid: number, marker: Buffer): boolean {
  try {
    const environ = readFileSync(`/proc/${pid}/environ`);
    const variables = Buffer.concat([Buffer.of(0), environ]);
    return variables.includes(marker) && !variables.includes(SHELL_MARKER);
  } catch {
    // It ended meanwhile, or belongs to someone else.
    return false;
  }
}

function forceEnd(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself between the look and the kill.
  }
}
