import type { Engine } from '#main/engine/engine.ts';
import type { CancelRequests } from '#main/store/cancel-requests.ts';
import type { RunId } from '#shared/lib/ids.ts';

const POLL_MS = 300;

/**
 * Does what other hosts ask for the runs of this engine. Looks only while it runs something.
 * @returns the way to stop
 */
export function watchCancelRequests(
  engine: Pick<Engine, 'subscribe' | 'cancel' | 'get'>,
  requests: Pick<CancelRequests, 'take'>,
): () => void {
  const active = new Set<RunId>();
  let timer: NodeJS.Timeout | null = null;

  function look(): void {
    for (const { runId, stage } of requests.take((id) => active.has(id))) {
      engine.cancel(runId, 'user', stage ?? undefined);
    }
  }

  function stop(): void {
    if (timer) clearInterval(timer);
    timer = null;
  }

  const unsubscribe = engine.subscribe((runId, events) => {
    for (const { type } of events) {
      if (type === 'run-created') active.add(runId);
      else if (type === 'run-finished') active.delete(runId);
    }
    if (active.size === 0) stop();
    else timer ??= setInterval(look, POLL_MS);
  });
  return () => {
    unsubscribe();
    stop();
  };
}
