import type { Clock } from '#main/engine/ports.ts';
import type { TriggerKey, TriggerType } from '#shared/api/trigger-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { RunTrigger } from '#shared/run/events.ts';
import { keyOf } from './list-triggers.ts';
import type { Checkout, StartRun, TriggerPipeline, TriggerStore } from './ports.ts';

/** Long enough for a host that is busy; another one takes over after it. */
const LEASE_MS = 30_000;
const CLOSED = 'Pipewright was closed before the run was there';

export interface FiringOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly hostId: string;
  readonly store: TriggerStore;
  readonly startRun: StartRun;
}

/** One firing: what for, and why none of it comes, where that is known already. */
export interface FiringRequest {
  readonly pipeline: TriggerPipeline;
  readonly type: TriggerType;
  readonly trigger: RunTrigger;
  /** One sentence. */
  readonly reason: string;
  readonly skipped: string | null;
  /** Null: the run works on the project's folder as it is. */
  readonly checkout?: Checkout | null;
  /** Of one who looks again: ended by it, nothing is noted. */
  readonly signal?: AbortSignal;
  /** Of a schedule: the times that nobody saw go by. */
  readonly missed?: number;
}

/** Starts runs for triggers and notes each firing. */
export interface Firing {
  isPaused(key: TriggerKey): boolean;
  /** Whether this host may fire; asking renews it. */
  holdsLease(): boolean;
  /** Null when no run was started; why is in the store. */
  fire(request: FiringRequest): Promise<RunId | null>;
  /** Does it unless another host has taken over, as while this one slept. */
  fireLater(request: FiringRequest): void;
  /** Nothing fires any more; ends what was begun before its run is there, and resolves when that is noted. */
  stop(): Promise<void>;
}

export function createFiring({ clock, hostId, store, startRun }: FiringOptions): Firing {
  const open = new Set<Promise<unknown>>();
  const end = new AbortController();

  const isClosed = (): boolean => end.signal.aborted;
  const isPaused = (key: TriggerKey): boolean => store.stateOf(key).paused;
  const holdsLease = (): boolean => !isClosed() && store.holdLease(hostId, clock.now(), LEASE_MS);

  async function fireNow(request: FiringRequest): Promise<RunId | null> {
    if (isClosed()) return null;
    const { pipeline, type, trigger, reason, skipped, checkout = null, missed = 0 } = request;
    const signal = AbortSignal.any([end.signal, ...(request.signal === undefined ? [] : [request.signal])]);
    const key = keyOf(pipeline, type);
    const entry = { ...key, at: new Date(clock.now()).toISOString(), reason, missed };
    const why = skipped ?? (isPaused(key) ? 'the trigger is paused' : null);
    if (why !== null) {
      store.record({ ...entry, runId: null, skipped: why });
      return null;
    }
    try {
      const runId = await startRun(pipeline, { ...trigger, reason }, checkout, signal);
      store.record({ ...entry, runId, skipped: null });
      return runId;
    } catch (error) {
      if (request.signal?.aborted === true) return null;
      const message = isClosed() ? CLOSED : error instanceof Error ? error.message : String(error);
      store.record({ ...entry, runId: null, skipped: message });
      return null;
    }
  }

  function fire(request: FiringRequest): Promise<RunId | null> {
    const started = fireNow(request);
    open.add(started);
    const forget = (): boolean => open.delete(started);
    started.then(forget, forget);
    return started;
  }

  return {
    isPaused,
    holdsLease,
    fire,
    fireLater(request) {
      if (holdsLease()) void fire(request);
    },
    async stop() {
      end.abort();
      await Promise.allSettled(open);
    },
  };
}
