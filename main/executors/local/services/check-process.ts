import type { ExecutionRequest } from '#main/engine/ports.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import type { PlannedHealth } from '#shared/pipeline/plan-place.ts';
import { awaitHealth, type HealthTry } from '../../services/await-health.ts';
import { isListening } from './is-listening.ts';
import { portVariable } from './service-env.ts';
import { tailedLog } from './service-log.ts';
import type { ServiceMachine } from './service-machine.ts';

/** What is waited for without a `health`: that somebody listens. */
export const LISTENING: PlannedHealth = {
  command: '',
  intervalMs: 1_000,
  timeoutMs: 1_000,
  retries: 30,
  startPeriodMs: 0,
};

/** A service that has started. */
export interface StartedProcess {
  readonly health: PlannedHealth | null;
  /** By the names that the file gives them. */
  readonly ports: Readonly<Record<string, number>>;
  readonly hasEnded: () => boolean;
  /** For the check, but its command and its log. */
  readonly request: Omit<ExecutionRequest, 'command' | 'log'>;
}

/**
 * Waits until a service is ready: by the check that the file gives, else when it takes connections at all of its ports.
 * @returns how that ended. Rejects with the signal's reason when it aborts.
 */
export function checkProcess(
  machine: ServiceMachine,
  started: StartedProcess,
  signal: AbortSignal,
): Promise<HealthTry> {
  const { health } = started;
  const attempt = async (): Promise<HealthTry> => {
    const result =
      health === null ? await tryPorts(started) : await tryCommand(machine, started, health, signal);
    return { ...result, hasEnded: started.hasEnded() };
  };
  return awaitHealth(health ?? LISTENING, machine.clock, attempt, signal);
}

type Result = Pick<HealthTry, 'isHealthy' | 'said'>;

async function tryPorts({ ports }: StartedProcess): Promise<Result> {
  for (const [name, port] of Object.entries(ports)) {
    if (await isListening(port, LISTENING.timeoutMs)) continue;
    return { isHealthy: false, said: `nothing listens at ${port}, which ${portVariable(name)} says` };
  }
  return { isHealthy: true, said: null };
}

async function tryCommand(
  { executor, clock }: ServiceMachine,
  { request }: StartedProcess,
  { command, timeoutMs }: PlannedHealth,
  signal: AbortSignal,
): Promise<Result> {
  const late = new AbortController();
  const stop = clock.after(timeoutMs, () => late.abort());
  const log = tailedLog(null);
  const outcome = await executor.execute(
    { ...request, command: { script: command, shell: null }, log },
    AbortSignal.any([signal, late.signal]),
  );
  stop();
  const said = late.signal.aborted
    ? `no answer within ${formatDuration(timeoutMs)}`
    : (log.tail.lines(1)[0] ?? null);
  return { isHealthy: outcome.type === 'succeeded', said };
}
