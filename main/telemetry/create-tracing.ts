import type { Clock } from '#main/engine/ports.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { RunEvent } from '#shared/run/events.ts';
import type { RunState } from '#shared/run/run-state.ts';
import type { OtlpOptions, OtlpSender } from './otlp-sender.ts';
import { runSpan } from './run-span.ts';
import type { Moment, SpanFacts } from './span-facts.ts';
import { stageSpans } from './stage-spans.ts';
import { type SpanPlace, traceParentOf } from './trace-ids.ts';
import type { TraceTarget } from './trace-target.ts';

/** What the end of a process waits for the last spans, whatever holds them up. */
const CLOSE_LIMIT_MS = 2_000;

export interface TracingOptions {
  readonly clock: Pick<Clock, 'after'>;
  /** Where traces go now; null when they are off. Asked at the beginning of each run. */
  readonly target: () => TraceTarget | null;
  /** The value of a global secret; null when it is not set. */
  readonly resolveSecret: (name: string) => Promise<string | null>;
  /** Loads the SDK and opens a sender. */
  readonly openSender: (options: Omit<OtlpOptions, 'version'>) => Promise<OtlpSender>;
  /** The span in which this process was started; null when there is none. */
  readonly cause: SpanPlace | null;
}

export interface TracedRuns {
  /** As `Engine.subscribe`. */
  readonly subscribe: (listener: (runId: RunId, events: readonly RunEvent[]) => void) => () => void;
  /** The state of a run of this host; called while its events are told. */
  readonly stateOf: (runId: RunId) => RunState | undefined;
}

/** Tells a collector of runs as traces. Costs nothing while it is off, and never holds up or fails a run. */
export interface Tracing {
  /** `TRACEPARENT` for what an attempt starts; null when its run is not traced. */
  traceParent(runId: RunId, stage: StageId, attempt: number): string | null;
  /** Begins to tell of these runs; once. */
  follow(runs: TracedRuns): void;
  /** Why the last delivery failed; null when it did not, or there was none. */
  fault(): string | null;
  /** Sends what is left, for at most two seconds. Never rejects. */
  close(): Promise<void>;
}

/** One target's sender, while it loads and after. */
interface Line {
  readonly key: string;
  readonly sender: Promise<OtlpSender | null>;
}

export function createTracing({ clock, target, resolveSecret, openSender, cause }: TracingOptions): Tracing {
  const traced = new Map<RunId, { readonly line: Line; readonly moments: Moment[] }>();
  const closing = new Set<Promise<void>>();
  let line: Line | null = null;
  let fault: string | null = null;
  let stop: () => void = () => undefined;

  /** The line to where traces go now; what went elsewhere before ends with its runs. */
  function currentLine(): Line | null {
    let found: TraceTarget | null;
    try {
      found = target();
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error);
      return null;
    }
    if (found === null) {
      fault = null;
      return null;
    }
    const key = JSON.stringify(found);
    if (line?.key === key) return line;
    if (line !== null) endUnused(line);
    line = { key, sender: open(found) };
    return line;
  }

  async function open({ url, headers }: TraceTarget): Promise<OtlpSender | null> {
    try {
      const values: Record<string, string> = {};
      for (const { name, secret } of headers) {
        const value = await resolveSecret(secret);
        if (value === null) throw new Error(`there is no global secret ${secret}`);
        values[name] = value;
      }
      return await openSender({ url, headers: values, onDelivered: (reason) => (fault = reason) });
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error);
      return null;
    }
  }

  function endUnused(old: Line): void {
    if ([...traced.values()].some((run) => run.line === old)) return;
    const ended = old.sender.then((sender) => sender?.close()).finally(() => closing.delete(ended));
    closing.add(ended);
  }

  function begin(runId: RunId, event: RunEvent): void {
    const found = currentLine();
    if (found === null) return;
    const moments =
      event.type === 'run-resumed'
        ? [{ name: 'run-resumed', atMs: Date.parse(event.at), attributes: {} }]
        : [];
    traced.set(runId, { line: found, moments });
  }

  function tell(runId: RunId, state: RunState, events: readonly RunEvent[]): void {
    const run = traced.get(runId);
    if (run === undefined) return;
    const spans: SpanFacts[] = [];
    for (const event of events) {
      if (event.type === 'stage-finished') spans.push(...stageSpans(state, event.stage));
      else if (event.type === 'cancel-requested' && event.stage === null) {
        const attributes = { 'pipewright.cancelled_by': event.by };
        run.moments.push({ name: 'cancel-requested', atMs: Date.parse(event.at), attributes });
      } else if (event.type === 'run-finished') {
        spans.push(runSpan(state, event, run.moments, cause));
        traced.delete(runId);
      }
    }
    if (spans.length > 0) void run.line.sender.then((sender) => sender?.send(spans));
    if (!traced.has(runId) && run.line !== line) endUnused(run.line);
  }

  return {
    traceParent: (runId, stage, attempt) => (traced.has(runId) ? traceParentOf(runId, stage, attempt) : null),
    follow({ subscribe, stateOf }) {
      stop = subscribe((runId, events) => {
        const first = events.find(({ type }) => type === 'run-created' || type === 'run-resumed');
        if (first !== undefined) begin(runId, first);
        if (!traced.has(runId)) return;
        const state = stateOf(runId);
        if (state !== undefined) tell(runId, state, events);
      });
    },
    fault: () => fault,
    async close() {
      stop();
      const open = new Set([...traced.values()].map((run) => run.line));
      if (line !== null) open.add(line);
      traced.clear();
      line = null;
      const ends = [...open].map(async ({ sender }) => (await sender)?.close());
      if (ends.length + closing.size === 0) return;
      const limit = Promise.withResolvers<undefined>();
      const stopLimit = clock.after(CLOSE_LIMIT_MS, () => {
        fault ??= 'the collector did not answer';
        limit.resolve(undefined);
      });
      await Promise.race([Promise.all([...ends, ...closing]), limit.promise]);
      stopLimit();
    },
  };
}
