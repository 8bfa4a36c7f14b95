import { formatDuration } from '#shared/lib/durations.ts';
import type { QueueReason, RunEvent } from '#shared/run/events.ts';
import { formatIssue } from '#shared/lib/issue.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import { lockWords } from '#shared/run/queue-words.ts';
import { describePause } from '#shared/run/pause.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import type { Output } from '../output.ts';
import { isExpanded } from './is-expanded.ts';
import type { RunReporter, ShownCommands } from './run-reporter.ts';
import { finishedStageLine, plainText, shellWord } from './stage-line.ts';

const WIDEST_NAME = 40;

/** Lines as things happen, for a file, a pipe or a terminal without cursor movement. */
export function createPlainReporter(
  output: Pick<Output, 'line' | 'colors'>,
  commands: ShownCommands,
): RunReporter {
  return {
    onEvent(event, state) {
      for (const line of linesOf(event, state, output.colors, commands)) output.line(line);
    },
    close: () => undefined,
  };
}

/** What an event is worth saying in lines that stay. */
export function linesOf(
  event: RunEvent,
  state: RunState,
  colors: Output['colors'],
  { data }: ShownCommands,
): string[] {
  switch (event.type) {
    case 'run-created': {
      const count = state.plan.stages.filter((stage) => !isExpanded(stage)).length;
      return [
        `${colors.bold(plainText(state.name))} #${state.number} ${colors.dim(`(${state.runId}, ${count} ${count === 1 ? 'stage' : 'stages'})`)}`,
      ];
    }
    case 'attempt-started': {
      const attempt = event.attempt === 1 ? '' : ` (attempt ${event.attempt})`;
      return [colors.dim(`▸ ${plainText(event.stage)}${attempt}`)];
    }
    case 'stage-finished':
      if (isExpanded(plannedOf(state, event.stage))) return [];
      return [finishedStageLine(stageOf(state, event.stage), event.status, nameWidth(state), colors)];
    case 'issue-raised':
      return [colors.yellow(`! ${plainText(event.stage)}: ${plainText(formatIssue(event.issue))}`)];
    case 'cancel-requested':
      return [
        colors.yellow(
          event.stage === null ? '■ cancelling the run' : `■ cancelling ${plainText(event.stage)}`,
        ),
      ];
    case 'run-resumed':
      return [colors.dim('▸ going on where it stopped')];
    case 'matrix-expanded':
      return [colors.dim(`▸ ${plainText(event.stage)}: ${event.legs.length} legs`)];
    case 'approval-requested':
      return [
        colors.yellow(`? ${plainText(event.stage)} waits for approval: ${plainText(event.message)}`),
        colors.dim(`  pipewright approve ${state.runId} ${shellWord(event.stage)}${data}`),
      ];
    case 'approval-decided':
      return [colors.dim(`▸ ${plainText(event.stage)} ${decisionText(event)}`)];
    case 'attempt-paused': {
      const words = `${state.runId} ${shellWord(event.stage)}${data}`;
      const why = plainText(describePause(event));
      return [
        colors.yellow(`? ${plainText(event.stage)} is paused ${why}`),
        colors.dim(`  pipewright shell ${words}`),
        colors.dim(`  pipewright continue ${words}`),
      ];
    }
    case 'attempt-continued':
      return [colors.dim(`▸ ${plainText(event.stage)} goes on`)];
    case 'stage-queued':
      return [colors.dim(`▸ ${plainText(event.stage)} ${queuedText(event.reason)}`)];
    case 'run-started':
    case 'condition-met':
    // The line of the finished stage, which follows, says it.
    case 'stage-reused':
    case 'stage-released':
    case 'cache-restored':
    case 'step-started':
    case 'step-finished':
    case 'artifact-stored':
    case 'report-stored':
    case 'summary-written':
    case 'attempt-finished':
    case 'attempt-usage':
    // Shown while it lasts; as lines that stay it would drown the others.
    case 'stage-progress':
    case 'run-finished':
      return [];
  }
}

function decisionText({ decision, by, comment }: Extract<RunEvent, { type: 'approval-decided' }>): string {
  if (by === null) return `${decision}: the time to decide is over`;
  return `${decision} by ${plainText(by)}${comment === null ? '' : `: ${plainText(comment)}`}`;
}

export function queuedText(reason: QueueReason): string {
  return reason.type === 'retry'
    ? `tries again in ${formatDuration(reason.delayMs)}`
    : `waits for ${plainText(lockWords(reason))}`;
}

function stageOf(state: RunState, id: StageId): StageState {
  return chunkedGet(state.stages, state.graph.indexOf.get(id) ?? -1);
}

function plannedOf({ plan, graph }: RunState, id: StageId): PlannedStage {
  return plan.stages[graph.indexOf.get(id) ?? -1]!;
}

const widths = new WeakMap<RunState['plan'], number>();

export function nameWidth({ plan }: RunState): number {
  let width = widths.get(plan);
  if (width === undefined) {
    width = plan.stages.reduce((widest, { id }) => Math.max(widest, Math.min(WIDEST_NAME, id.length)), 0);
    widths.set(plan, width);
  }
  return width;
}
