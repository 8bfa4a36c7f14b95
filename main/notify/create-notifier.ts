import { toAppError } from '#shared/lib/app-error.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import type { Clock } from '#main/engine/ports.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { RunEvent } from '#shared/run/events.ts';
import { composeMessage, type DeliveryPorts, sendMessage } from './deliver.ts';
import type { News, RunFacts } from './message.ts';
import { changesOf, type Channel, channelsFor, type NotificationRule } from './rules.ts';
import { SendFailure } from './send.ts';

const FIRST_DELAY_MS = 5_000;
const MAX_DELAY_MS = 3_600_000;
/** Some nine hours, all in all. */
const MAX_ATTEMPTS = 16;
/** Longer than any sending takes, so that no other host sends the same meanwhile. */
const LEASE_MS = 120_000;
const AT_ONCE = 8;
/** Another host may have left something. */
const LOOK_MS = 60_000;

/** What is kept until it is done; see main/store/outbox.ts. */
export interface NotificationOutbox {
  add(entry: { readonly key: string; readonly body: unknown }, nowMs: number): boolean;
  take(
    nowMs: number,
    leaseMs: number,
    limit: number,
  ): readonly { readonly id: number; readonly body: unknown; readonly attempts: number }[];
  nextAt(): number | null;
  finish(
    id: number,
    nowMs: number,
    follow?: readonly { readonly key: string; readonly body: unknown }[],
  ): void;
  retry(id: number, atMs: number, error: string): void;
  giveUp(id: number, nowMs: number, error: string): void;
}

export interface NotifierOptions {
  readonly clock: Clock;
  /** As `Engine.subscribe`. */
  readonly subscribe: (listener: (runId: RunId, events: readonly RunEvent[]) => void) => () => void;
  readonly outbox: NotificationOutbox;
  readonly smtp: DeliveryPorts['smtp'];
  /** The `notifications` of the run's pipeline file, if it is still there, and those of the settings. */
  readonly rulesOf: (runId: RunId) => Promise<readonly NotificationRule[]>;
  /** Null when the run is gone. */
  readonly describe: (runId: RunId) => RunFacts | null;
  /** The newest event of a run; 0 when it is gone. */
  readonly lastSeq: (runId: RunId) => number;
  /** Whether the run that ended before this one, of the same pipeline, had failed. */
  readonly hadFailedBefore: (runId: RunId) => boolean;
  readonly resolveSecret: (runId: RunId, name: string) => Promise<string | null>;
  readonly interpolate: DeliveryPorts['interpolate'];
}

/** Tells people what became of runs. */
export interface Notifier {
  /** Tells of a run whose own host is gone. Of several hosts that do, one is heard. */
  interrupted(runId: RunId): void;
  /** Resolves when nothing is due any more. */
  readonly idle: () => Promise<void>;
  /** Stops; what is not sent yet is sent after the next start. */
  close(): Promise<void>;
}

/** What the outbox holds. */
export type OutboxBody =
  | { readonly type: 'news'; readonly runId: RunId; readonly news: News }
  | { readonly type: 'message'; readonly runId: RunId; readonly news: News; readonly channel: Channel };

/**
 * Writes down what happened as soon as it is stored, and sends it afterwards: a run never waits, and a restart loses nothing.
 * A message may come twice when a host dies while it sends.
 */
export function createNotifier(options: NotifierOptions): Notifier {
  const { clock, outbox } = options;
  const stop = new AbortController();
  let cancel: () => void = () => undefined;
  let work: Promise<void> | null = null;
  let again = false;

  const unsubscribe = options.subscribe((runId, events) => {
    for (const event of events) {
      const news = newsOf(event, () => options.hadFailedBefore(runId));
      if (news !== null) keep(`${runId}:${event.seq}`, { type: 'news', runId, news });
    }
  });

  function keep(key: string, body: OutboxBody): void {
    if (outbox.add({ key, body }, clock.now())) wake();
  }

  function wake(): void {
    again = true;
    if (stop.signal.aborted) return;
    work ??= drain().then(
      () => ended(1),
      (error: unknown) => {
        // What the store did not take is in the outbox still, and sent later.
        if (toAppError(error).kind === 'bug') throw error;
        ended(LOOK_MS);
      },
    );
  }

  function ended(leastMs: number): void {
    work = null;
    if (again) wake();
    else schedule(leastMs);
  }

  function schedule(leastMs: number): void {
    cancel();
    if (stop.signal.aborted) return;
    const next = outbox.nextAt();
    const wait = next === null ? LOOK_MS : Math.min(LOOK_MS, Math.max(leastMs, next - clock.now()));
    cancel = clock.after(wait, wake);
  }

  async function drain(): Promise<void> {
    again = false;
    for (;;) {
      if (stop.signal.aborted) return;
      const entries = outbox.take(clock.now(), LEASE_MS, AT_ONCE);
      if (entries.length === 0) return;
      await Promise.all(entries.map(attempt));
    }
  }

  async function attempt({
    id,
    body,
    attempts,
  }: {
    id: number;
    body: unknown;
    attempts: number;
  }): Promise<void> {
    const entry = body as OutboxBody;
    try {
      const follow = await handle(entry);
      outbox.finish(
        id,
        clock.now(),
        follow.map((next, index) => ({ key: `${id}:${index}`, body: next })),
      );
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const isFinal = error instanceof SendFailure && error.isFinal;
      if (stop.signal.aborted) outbox.retry(id, clock.now(), message);
      else if (isFinal || attempts >= MAX_ATTEMPTS) outbox.giveUp(id, clock.now(), message);
      else {
        const delay = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1));
        const asked = error instanceof SendFailure ? (error.retryAfterMs ?? 0) : 0;
        outbox.retry(id, clock.now() + Math.max(delay, Math.min(asked, MAX_DELAY_MS)), message);
      }
    }
  }

  /** @returns what is to be done next */
  async function handle(entry: OutboxBody): Promise<readonly OutboxBody[]> {
    const { runId, news } = entry;
    switch (entry.type) {
      case 'news': {
        const rules = await options.rulesOf(runId);
        return channelsFor(rules, changesOf(news.change)).map((channel) => ({
          type: 'message',
          runId,
          news,
          channel,
        }));
      }
      case 'message':
        await deliver(runId, news, entry.channel);
        return [];
      default:
        return assertNever(entry);
    }
  }

  async function deliver(runId: RunId, news: News, channel: Channel): Promise<void> {
    const facts = options.describe(runId);
    // Nobody needs to hear of a run that was removed.
    if (facts === null) return;
    const { smtp, interpolate } = options;
    const ports = { smtp, interpolate, resolveSecret: (name: string) => options.resolveSecret(runId, name) };
    await sendMessage(ports, await composeMessage(ports, facts, news, channel), stop.signal);
  }

  wake();
  return {
    interrupted(runId) {
      const seq = options.lastSeq(runId);
      const news = { change: 'interrupted', approval: null } as const;
      if (seq > 0) keep(`${runId}:${seq}`, { type: 'news', runId, news });
    },
    async idle() {
      while (work !== null) await work;
    },
    async close() {
      unsubscribe();
      stop.abort();
      cancel();
      while (work !== null) await work;
      cancel();
    },
  };
}

function newsOf(event: RunEvent, hadFailed: () => boolean): News | null {
  if (event.type === 'approval-requested') {
    return { change: 'waiting-approval', approval: { stage: event.stage, message: event.message } };
  }
  if (event.type !== 'run-finished') return null;
  const { status } = event;
  return { change: status === 'succeeded' && hadFailed() ? 'fixed' : status, approval: null };
}
