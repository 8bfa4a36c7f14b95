import type { Engine } from '#main/engine/engine.ts';
import type { ShellSession } from '#main/engine/shell-place.ts';
import type { EventLog } from '#main/store/event-log.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { RunEvent } from '#shared/run/events.ts';
import { followRun } from '../runs/follow-run.ts';

export interface PausedAttempt {
  readonly runId: RunId;
  readonly stage: StageId;
  readonly attempt: number;
  /** The last event that was known when the shell was opened. */
  readonly seq: number;
}

interface AttemptPorts {
  readonly engine: Pick<Engine, 'subscribe' | 'get'>;
  readonly store: { readonly events: Pick<EventLog, 'read'> };
}

/**
 * Ends the shell of a paused attempt when that is cancelled, whichever host runs it: its place is about to go. One that goes
 * on leaves it be, as far as the place does.
 */
export function endWithAttempt(
  { engine, store }: AttemptPorts,
  paused: PausedAttempt,
  session: ShellSession,
): ShellSession {
  const over = new AbortController();
  void session.ended.then(() => over.abort());
  void watch();
  return session;

  async function watch(): Promise<void> {
    const { runId, seq: afterSeq } = paused;
    const { signal } = over;
    const isActive = (): boolean => true;
    try {
      for await (const events of followRun({
        events: store.events,
        ...{ engine, runId, afterSeq, signal, isActive },
      })) {
        if (events.some((event) => isCancelOf(event, paused))) await session.close();
        if (events.some((event) => isEndOf(event, paused))) return;
      }
    } catch {
      // The store was closed: so will the shell be, by whoever opened it.
    }
  }
}

const isCancelOf = (event: RunEvent, { stage }: PausedAttempt): boolean =>
  event.type === 'cancel-requested' && (event.stage === null || event.stage === stage);

const isEndOf = (event: RunEvent, { stage, attempt }: PausedAttempt): boolean =>
  event.type === 'run-finished' ||
  (event.type === 'attempt-finished' && event.stage === stage && event.attempt === attempt);
