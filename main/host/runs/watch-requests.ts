import type { Engine } from '#main/engine/engine.ts';
import type { Store } from '#main/store/open-store.ts';
import { AppError, toAppError } from '#shared/lib/app-error.ts';
import type { RunId } from '#shared/lib/ids.ts';

const POLL_MS = 300;

export interface RequestWatch {
  /** Also looks for requests about a run that has not told anything yet. */
  add(runId: RunId): void;
  stop(): void;
}

/** Does what other hosts ask for the runs of this engine: cancel, approve, reject, continue. Looks only while it runs something. */
export function watchRequests(
  engine: Pick<Engine, 'subscribe' | 'cancel' | 'decideApproval' | 'continueAttempt'>,
  { cancelRequests, approvalRequests }: Pick<Store, 'cancelRequests' | 'approvalRequests'>,
): RequestWatch {
  const active = new Set<RunId>();
  let timer: NodeJS.Timeout | null = null;
  const isOwn = (runId: RunId): boolean => active.has(runId);

  function look(): void {
    for (const { runId, stage } of cancelRequests.take(isOwn)) {
      engine.cancel(runId, 'user', stage ?? undefined);
    }
    for (const { runId, stage, decision, by, comment } of approvalRequests.take(isOwn)) {
      try {
        // A stage with steps asks nobody: what was left for one that is paused lets it go on.
        if (!engine.continueAttempt(runId, stage))
          engine.decideApproval(runId, stage, { decision, by, comment });
      } catch (error) {
        // Whoever asked was told so before it was asked.
        if (!(error instanceof AppError) || error.code !== 'not-allowed') throw error;
      }
    }
  }

  /** A store that refuses now is asked again with the next look. */
  function lookIfPossible(): void {
    try {
      look();
    } catch (error) {
      if (toAppError(error).kind === 'bug') throw error;
    }
  }

  function stop(): void {
    if (timer) clearInterval(timer);
    timer = null;
  }

  function update(): void {
    if (active.size === 0) stop();
    else timer ??= setInterval(lookIfPossible, POLL_MS);
  }

  const unsubscribe = engine.subscribe((runId, events) => {
    for (const { type } of events) {
      if (type === 'run-created' || type === 'run-resumed') active.add(runId);
      else if (type === 'run-finished') active.delete(runId);
    }
    update();
  });
  return {
    add(runId) {
      active.add(runId);
      update();
    },
    stop() {
      unsubscribe();
      stop();
    },
  };
}
