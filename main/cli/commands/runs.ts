import type { RerunFrom } from '#main/host/runs/plan-rerun.ts';
import { readRun } from '#main/host/runs/read-run.ts';
import { projectIdOfDir } from '#main/store/project-id.ts';
import type { RunSummary } from '#shared/api/schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import { describePause } from '#shared/run/pause.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import { isFinalStageStatus } from '#shared/run/status.ts';
import type { CliContext } from '../context.ts';
import { EXIT, exitCodeOfRun, type ExitCode } from '../exit-code.ts';
import { findRun } from '../find-run.ts';
import type { Output } from '../output.ts';
import { isExpanded } from '../run-output/is-expanded.ts';
import { nameWidth, queuedText } from '../run-output/plain-reporter.ts';
import { showRun } from '../run-output/run-and-show.ts';
import { runJson } from '../run-output/run-json.ts';
import { colorOf, finishedStageLine, plainText } from '../run-output/stage-line.ts';
import { headline, runFacts } from '../run-output/run-summary.ts';
import { withHost } from '../with-host.ts';

/** Newest first; of every project unless one was named. */
export function listRunsCommand(
  context: CliContext,
  { limit }: { readonly limit: number },
): Promise<ExitCode> {
  return withHost(context, ({ store }) => {
    const { output } = context;
    const projectId = context.isProjectGiven ? projectIdOfDir(context.projectDir) : undefined;
    const { runs, total } = store.runs.list({ projectId, limit });
    if (output.format === 'json') output.json(runs);
    else if (output.format === 'ndjson') for (const run of runs) output.json(run);
    else {
      for (const run of runs) output.line(runLine(run, output));
      if (runs.length === 0) output.note('There are no runs yet. Start one with `pipewright run`.');
      else if (runs.length < total)
        output.note(`${total - runs.length} older runs are not shown; see --limit.`);
    }
    return EXIT.succeeded;
  });
}

function runLine(run: RunSummary, { colors }: Output): string {
  const paint = { succeeded: colors.green, failed: colors.red, running: colors.cyan } as Record<
    string,
    ((text: string) => string) | undefined
  >;
  const duration = run.durationMs === null ? '' : formatDuration(run.durationMs);
  return [
    run.id,
    `#${run.number}`.padStart(5),
    (paint[run.status] ?? colors.yellow)(run.status.padEnd(11)),
    duration.padStart(8),
    colors.dim(run.createdAt.slice(0, 19).replace('T', ' ')),
    plainText(run.name),
    colors.dim([plainText(run.git?.branch ?? ''), ...(run.pinned ? ['pinned'] : [])].join('  ').trim()),
  ]
    .join('  ')
    .trimEnd();
}

export function showRunCommand(context: CliContext, word: string): Promise<ExitCode> {
  return withHost(context, ({ store }) => {
    const { id, pinned } = findRun(store, context, word);
    const state = readRun(store.events, id);
    if (context.output.format !== 'pretty') context.output.json(runJson(state, pinned));
    else for (const line of prettyRun(state, context.output)) context.output.line(line);
    return EXIT.succeeded;
  });
}

function prettyRun(state: RunState, { colors }: Output): string[] {
  const stages = chunkedToArray(state.stages).filter(
    (_stage, index) => !isExpanded(state.plan.stages[index]!),
  );
  const width = nameWidth(state);
  const lines = stages.map((stage) => {
    if (isFinalStageStatus(stage.status)) return finishedStageLine(stage, stage.status, width, colors);
    return `${colorOf(stage.status, colors)('·')} ${plainText(stage.id).padEnd(width)} ${openText(stage)}`;
  });
  const facts = runFacts(stages, colors);
  return [
    `${plainText(state.name)}: ${headline(state, colors)}`,
    ...lines,
    ...(facts.length > 0 ? ['', ...facts] : []),
  ];
}

function openText({ status, approval, queuedFor, attempts }: StageState): string {
  const paused = attempts.at(-1)?.paused;
  if (paused !== undefined) return `paused ${plainText(describePause(paused))}`;
  if (status === 'waiting-approval' && approval) return `waits for approval: ${plainText(approval.message)}`;
  return queuedFor === null ? status : queuedText(queuedFor);
}

/** Goes on with a run whose host died, and shows it as `run` does. */
export async function resumeRunCommand(context: CliContext, word: string): Promise<ExitCode> {
  return exitCodeOfRun(
    await showRun(context, undefined, (host) => host.resume(findRun(host.store, context, word).id)),
  );
}

/** Runs again what did not succeed, or from one stage on, and shows it as `run` does. */
export async function rerunCommand(
  context: CliContext,
  word: string,
  { stage }: { readonly stage?: string },
): Promise<ExitCode> {
  const from: RerunFrom =
    stage === undefined ? { type: 'failed' } : { type: 'stage', stage: stageIdOf(stage) };
  return exitCodeOfRun(
    await showRun(context, undefined, (host) =>
      host.rerun(findRun(host.store, context, word).id, { from, trigger: { type: 'cli' } }),
    ),
  );
}

/** Answers once the host that runs it has been asked. */
export function cancelRunCommand(context: CliContext, word: string): Promise<ExitCode> {
  return withHost(context, (host) => {
    const run = findRun(host.store, context, word);
    if (!host.cancel(run.id)) {
      throw new AppError('run-not-active', `Run #${run.number} of ${run.name} is over: ${run.status}.`);
    }
    const { output } = context;
    if (output.format === 'pretty')
      output.note(`Run #${run.number} of ${plainText(run.name)} is being cancelled.`);
    else output.json({ id: run.id, accepted: true });
    return EXIT.succeeded;
  });
}

export function removeRunCommand(context: CliContext, word: string): Promise<ExitCode> {
  return withHost(context, async (host) => {
    const run = findRun(host.store, context, word);
    await host.removeRun(run.id);
    const { output } = context;
    if (output.format === 'pretty') output.note(`Run #${run.number} of ${plainText(run.name)} is removed.`);
    else output.json({ id: run.id, removed: true });
    return EXIT.succeeded;
  });
}
