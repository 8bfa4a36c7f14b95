import type { RunId } from '#shared/lib/ids.ts';
import type { RunEvent } from '#shared/run/events.ts';
import type { BridgeClient } from './client.ts';
import type { ConnectionStore } from './connection.ts';
import { FrameBatcher, scheduleFrame, type ScheduleFrame } from './frame-batcher.ts';
import { stayConnected } from './stay-connected.ts';

export interface FollowRunOptions {
  readonly client: { readonly run: Pick<BridgeClient['run'], 'events'> };
  readonly connection: ConnectionStore;
  readonly runId: RunId;
  /** The last event that the caller has folded; 0 for none. */
  readonly afterSeq?: number;
  /** Events in order, each once, one call per frame at most. */
  readonly onEvents: (events: readonly RunEvent[]) => void;
  readonly signal: AbortSignal;
  readonly schedule?: ScheduleFrame;
}

/**
 * Follows a run to its end, through lost connections: a new stream starts after the last event received, and what
 * overlaps is dropped. Resolves after `run-finished` was handed over or when the signal is aborted (then nothing more
 * is handed over); rejects with the host's error, such as `run-not-found`.
 */
export async function followRun(options: FollowRunOptions): Promise<void> {
  const { client, connection, runId, signal } = options;
  const batcher = new FrameBatcher(options.schedule ?? scheduleFrame, options.onEvents);
  let lastSeq = options.afterSeq ?? 0;
  const discard = (): void => batcher.discard();
  signal.addEventListener('abort', discard);
  try {
    await stayConnected(
      { connection, signal },
      () => client.run.events({ runId, afterSeq: lastSeq }, { signal }),
      ({ events }) => {
        const fresh = events.filter((event) => event.seq > lastSeq);
        lastSeq = fresh.at(-1)?.seq ?? lastSeq;
        batcher.add(fresh);
        return fresh.at(-1)?.type === 'run-finished';
      },
    );
    batcher.flush();
  } finally {
    signal.removeEventListener('abort', discard);
    batcher.discard();
  }
}
