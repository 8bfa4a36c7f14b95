import type { Host } from '#main/host/create-host.ts';
import type { RunHandle } from '#main/engine/engine.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { readRun } from '#main/host/runs/read-run.ts';
import { reduceRun } from '#shared/run/reduce-run.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import type { RunStatus } from '#shared/run/status.ts';
import type { PlannedRun } from '../commands/run.ts';
import type { CliContext } from '../context.ts';
import { onSignals } from '../on-signals.ts';
import { createLiveReporter } from './live-reporter.ts';
import { createPlainReporter } from './plain-reporter.ts';
import { runJson } from './run-json.ts';
import type { RunReporter } from './run-reporter.ts';
import { shellWord } from './stage-line.ts';
import { summaryLines } from './run-summary.ts';

const TAIL_LINES = 20;

/** Runs what was planned on a host of its own, shows it as the format asks, and answers with how it ended. */
export function runAndShow(
  context: CliContext,
  planned: PlannedRun,
  onStarted: (host: Host, runId: RunId) => void = () => undefined,
): Promise<RunStatus> {
  return showRun(
    context,
    planned.maxParallel,
    (host) => {
      host.store.projects.add(planned.projectDir);
      return host.engine.start({
        projectDir: planned.projectDir,
        pipelineFile: planned.pipelineFile,
        plan: planned.plan,
        trigger: planned.trigger ?? { type: 'cli' },
        maxParallel: planned.maxParallel ?? host.maxParallel,
        pauseOnFailure: planned.pauseOnFailure ?? false,
        breakpoints: planned.breakpoints ?? [],
      });
    },
    onStarted,
  );
}

/**
 * Shows a run that this process starts or goes on with, until its end; a signal cancels it.
 * @param begin called once, after whoever shows the run listens
 */
export async function showRun(
  context: CliContext,
  maxParallel: number | undefined,
  begin: (host: Host) => RunHandle | Promise<RunHandle>,
  onStarted: (host: Host, runId: RunId) => void = () => undefined,
): Promise<RunStatus> {
  const { output } = context;
  const host = await context.openHost(maxParallel === undefined ? {} : { maxParallel });
  try {
    const reporter = createReporter(context, host);
    const unsubscribe = host.engine.subscribe(createListener(host, reporter));
    let handle: RunHandle | null = null;
    const cancelled = new AbortController();
    const cancel = (): void => {
      cancelled.abort();
      if (handle) host.engine.cancel(handle.runId, 'signal');
    };
    const stopSignals = onSignals(cancel, () => reporter.close());
    try {
      handle = await begin(host);
      onStarted(host, handle.runId);
      // The signal may have come before there was anything to cancel.
      if (cancelled.signal.aborted) cancel();
      const state = await handle.finished;
      reporter.close();
      if (output.format === 'json') output.json(runJson(state));
      if (output.format === 'pretty') await writeSummary(context, host, state);
      return state.status;
    } finally {
      stopSignals();
      unsubscribe();
      reporter.close();
    }
  } finally {
    await host.close();
    const fault = host.tracing.fault();
    if (fault !== null) output.note(`Traces were not delivered: ${fault}.`);
  }
}

/** Hands each event to the reporter with the state after it; of a run that goes on, the state before is in the store. */
function createListener({ store }: Host, reporter: RunReporter): Parameters<Host['engine']['subscribe']>[0] {
  let state: RunState | null = null;
  return (runId, events) => {
    for (const event of events) {
      if (state === null && event.seq > 1) state = readRun(store.events, runId, event.seq - 1);
      state = reduceRun(state, event);
      reporter.onEvent(event, state);
    }
  };
}

function createReporter({ output, env }: CliContext, host: Host): RunReporter {
  if (output.format === 'ndjson') return { onEvent: (event) => output.json(event), close: () => undefined };
  if (output.format === 'json' || output.isQuiet) return { onEvent: () => undefined, close: () => undefined };
  const commands = { data: dataOption(env, host) };
  return output.isInteractive ? createLiveReporter(output, commands) : createPlainReporter(output, commands);
}

/** What makes a command that is shown to people find this data folder. */
function dataOption(env: NodeJS.ProcessEnv, { dataDir }: Host): string {
  return env.PIPEWRIGHT_DATA === dataDir ? '' : ` --data ${shellWord(dataDir)}`;
}

async function writeSummary({ output, env }: CliContext, host: Host, state: RunState): Promise<void> {
  // Quiet: only what went wrong is worth saying.
  if (output.isQuiet && state.status === 'succeeded') return;
  const data = dataOption(env, host);
  const lines = await summaryLines(state, {
    colors: output.colors,
    tail: async (stage: StageState) => {
      if (stage.attempts.length === 0) return [];
      const log = host.readLog(state.runId, stage.id, stage.attempts.length);
      return (await log.tail(TAIL_LINES)).map(({ text }) => text);
    },
    logCommand: (stage) => `pipewright logs ${state.runId} ${shellWord(stage.id)}${data}`,
  });
  for (const line of lines) output.line(line);
}
