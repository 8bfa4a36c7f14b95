import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RunId } from '#shared/lib/ids.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import type { RunEvent } from '#shared/run/events.ts';
import type { RunState } from '#shared/run/run-state.ts';

const SECONDS = [0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200];

export interface MetricsOptions {
  /** As `Engine.subscribe`. */
  readonly subscribe: (listener: (runId: RunId, events: readonly RunEvent[]) => void) => () => void;
  /** The state of a run of this host; called while its events are told. */
  readonly stateOf: (runId: RunId) => RunState | undefined;
}

/** Counts and times what the runs of this host do, in Prometheus' words. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  close(): void;
}

/** Has a registry of its own. Stages are told apart by kind, not by id: a matrix would make too many series. */
export function createMetrics({ subscribe, stateOf }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const runs = new Counter({
    name: 'pipewright_runs_total',
    help: 'Finished runs.',
    labelNames: ['pipeline', 'status'],
    registers,
  });
  const stages = new Counter({
    name: 'pipewright_stages_total',
    help: 'Finished stages.',
    labelNames: ['pipeline', 'kind', 'status'],
    registers,
  });
  const runSeconds = new Histogram({
    name: 'pipewright_run_duration_seconds',
    help: 'From the start of a run to its end.',
    labelNames: ['pipeline', 'status'],
    buckets: SECONDS,
    registers,
  });
  const stageSeconds = new Histogram({
    name: 'pipewright_stage_duration_seconds',
    help: 'From the start of a stage to its end, all attempts.',
    labelNames: ['pipeline', 'kind', 'status'],
    buckets: SECONDS,
    registers,
  });
  const queueSeconds = new Histogram({
    name: 'pipewright_stage_queue_seconds',
    help: 'From the moment that all a stage needs was done to its start.',
    labelNames: ['pipeline'],
    buckets: SECONDS,
    registers,
  });
  const active = new Gauge({
    name: 'pipewright_runs_active',
    help: 'Runs that are not finished.',
    registers,
  });

  const unsubscribe = subscribe((runId, events) => {
    const state = stateOf(runId);
    for (const event of events) {
      if (event.type === 'run-created') active.inc();
      else if (event.type === 'run-finished') {
        active.dec();
        if (state) finishRun(state, event);
      } else if (event.type === 'stage-finished' && state) finishStage(state, event);
    }
  });

  function finishRun(state: RunState, { status, at }: Extract<RunEvent, { type: 'run-finished' }>): void {
    const labels = { pipeline: state.name, status };
    runs.inc(labels);
    const seconds = secondsBetween(state.startedAt, at);
    if (seconds !== null) runSeconds.observe(labels, seconds);
  }

  function finishStage(state: RunState, event: Extract<RunEvent, { type: 'stage-finished' }>): void {
    const index = state.graph.indexOf.get(event.stage);
    const planned = index === undefined ? undefined : state.plan.stages[index];
    if (index === undefined || planned === undefined) return;
    const { startedAt, readyAt } = chunkedGet(state.stages, index);
    const labels = { pipeline: state.name, kind: planned.kind, status: event.status };
    stages.inc(labels);
    const seconds = secondsBetween(startedAt, event.at);
    if (seconds !== null) stageSeconds.observe(labels, seconds);
    const queued = secondsBetween(readyAt, startedAt);
    if (queued !== null) queueSeconds.observe({ pipeline: state.name }, queued);
  }

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    close: unsubscribe,
  };
}

/** Null when one of them is not there; never below zero, though clocks go back. */
function secondsBetween(from: string | null, to: string | null): number | null {
  return from === null || to === null ? null : Math.max(0, Date.parse(to) - Date.parse(from)) / 1_000;
}
