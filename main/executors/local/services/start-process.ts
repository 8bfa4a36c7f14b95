import type { ExecutionRequest, PlaceRequest, ServiceFacts } from '#main/engine/ports.ts';
import type { PlannedProcessService } from '#shared/pipeline/plan-place.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { notHealthy, say, tellReady, unhealthyError } from '../../services/service-words.ts';
import { checkProcess, LISTENING } from './check-process.ts';
import { freePorts, LOOPBACK } from './free-ports.ts';
import { serviceEnv } from './service-env.ts';
import { tailedLog } from './service-log.ts';
import type { ServiceMachine } from './service-machine.ts';

/**
 * Starts one service as a process group of this machine and waits until it is ready.
 * @param onStarted called with the way to end it; also when it does not get ready
 * @throws AppError `service-unhealthy`, `place-failed`. Rejects with the signal's reason when it aborts.
 */
export async function startProcess(
  machine: ServiceMachine,
  service: PlannedProcessService,
  place: PlaceRequest,
  onStarted: (close: () => Promise<void>) => void,
  signal: AbortSignal,
): Promise<ServiceFacts> {
  const { executor, clock, baseEnv } = machine;
  const startedAt = clock.now();
  const names = [...new Set(service.ports)];
  const chosen = await freePorts(names.length);
  const ports = Object.fromEntries(names.map((name, index) => [name, chosen[index]!]));
  const env = serviceEnv(baseEnv, service, place, ports);
  // Of numbers as keys, an object keeps the order of the numbers.
  if (chosen[0] !== undefined) env['PORT'] = String(chosen[0]);
  signal.throwIfAborted();

  const log = tailedLog(place.openServiceLog(service.id));
  const stop = new AbortController();
  const request = requestOf(place, env);
  const state: { outcome: Outcome | null; isReady: boolean } = { outcome: null, isReady: false };
  const ended = executor
    .execute({ ...request(service.id), command: { script: service.script, shell: null }, log }, stop.signal)
    .then(async (outcome) => {
      state.outcome = outcome;
      if (state.isReady && !stop.signal.aborted)
        await say(place.log, `service ${service.id} ${endWords(outcome)} while its stage ran\n`);
    })
    // The log of the stage cannot be written: its steps say so.
    .catch(() => undefined);
  onStarted(async () => {
    stop.abort();
    await ended;
    await log.close();
  });

  const { health } = service;
  const hasEnded = (): boolean => state.outcome !== null;
  const started = { health, ports, hasEnded, request: request(`${service.id}-health`) };
  const result = await checkProcess(machine, started, signal);
  if (!result.isHealthy) {
    const { outcome } = state;
    const what =
      outcome === null
        ? notHealthy((health ?? LISTENING).retries)
        : `${endWords(outcome)} before it was ready`;
    throw await unhealthyError(place.log, service, what, outcome === null ? result.said : null, log.tail);
  }
  state.isReady = true;
  const facts = { host: LOOPBACK, ports };
  await tellReady(place.log, service, 'a process of this machine', facts, clock.now() - startedAt);
  return facts;
}

/** What became of a service that ended, to follow its name. */
function endWords(outcome: Outcome): string {
  switch (outcome.type) {
    case 'succeeded':
      return 'ended with exit code 0';
    case 'failed':
      return outcome.exitCode === null
        ? `was ended by ${outcome.signal ?? 'a signal'}`
        : `ended with exit code ${outcome.exitCode}`;
    case 'infra-error':
      return `could not be started (${outcome.error.message})`;
    case 'cancelled':
    case 'timed-out':
      return 'was ended';
  }
}

/** By the name of what is started: its script may need a file of its own. */
function requestOf(
  { runId, stage, attempt, workspace, commandPrefix, onProcess, graceMs }: PlaceRequest,
  env: Readonly<Record<string, string>>,
): (name: string) => Omit<ExecutionRequest, 'command' | 'log'> {
  return (name) => ({
    ...{ runId, stage, attempt, env, onProcess, graceMs },
    cwd: workspace,
    commandPrefix: `${commandPrefix}service-${name}.`,
  });
}
