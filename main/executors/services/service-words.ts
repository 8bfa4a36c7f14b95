import type { LogSink, ServiceFacts } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import type { PlannedService } from '#shared/pipeline/plan-place.ts';
import type { OutputTail } from './output-tail.ts';

const TAIL_LINES = 20;

/** Writes into the log of the stage that a service is ready, and where. @param what its image, or `a process` */
export function tellReady(
  log: LogSink,
  { id }: PlannedService,
  what: string,
  { host, ports }: ServiceFacts,
  tookMs: number,
): Promise<void> {
  const at = Object.entries(ports).map(([inner, outer]) =>
    inner === String(outer) ? `${host}:${outer}` : `${host}:${outer} (its ${inner})`,
  );
  const where = at.length === 0 ? '' : ` at ${at.join(', ')}`;
  return say(log, `service ${id} (${what}) is ready after ${formatDuration(tookMs)}${where}\n`);
}

/** Of a service whose check kept failing, to follow its name. @param retries null: its check is not ours to count */
export function notHealthy(retries: number | null): string {
  if (retries === null) return 'is not healthy';
  return `is not healthy after ${retries} ${retries === 1 ? 'try' : 'tries'}`;
}

/**
 * Writes the last lines of a service that did not get ready into the log of the stage.
 * @param what happened to it, after its name: `is not healthy after 3 tries`
 * @param said what its check said last; null: nothing
 * @returns the error for the stage: `service-unhealthy`
 */
export async function unhealthyError(
  log: LogSink,
  { id }: PlannedService,
  what: string,
  said: string | null,
  tail: Pick<OutputTail, 'lines'>,
): Promise<AppError> {
  const lines = tail.lines(TAIL_LINES).map((line) => `  ${line}\n`);
  if (lines.length > 0) await say(log, `the last lines of service ${id}:\n${lines.join('')}`);
  const last = said ?? tail.lines(1)[0] ?? null;
  const hint = 'Look at the log of the service, and at its `health`.';
  return new AppError('service-unhealthy', `Service ${id} ${what}${last === null ? '' : `: ${last}`}`, {
    hint,
  });
}

/** A line of Pipewright in a log. */
export async function say(log: LogSink, text: string): Promise<void> {
  await log.write('system', Buffer.from(`Pipewright: ${text}`));
}
