import { chunkedGet } from '#shared/lib/chunked.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { progressWords } from '#shared/run/progress.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import type { Output } from '../output.ts';
import { linesOf, nameWidth, queuedText } from './plain-reporter.ts';
import type { RunReporter, ShownCommands } from './run-reporter.ts';
import { plainText, stageDurationMs } from './stage-line.ts';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;
const FRAME_MS = 100;
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
/** Terminals that know it show a frame at once; others ignore it. */
const BEGIN_FRAME = '\u001b[?2026h';
const END_FRAME = '\u001b[?2026l';
const ERASE_BELOW = '\u001b[0J';

type Screen = Pick<Output, 'write' | 'columns' | 'rows' | 'colors'>;

/** Finished stages scroll up; below them, the running ones with their durations, as many as the terminal has room for. */
export function createLiveReporter(
  output: Screen,
  commands: ShownCommands,
  now: () => number = Date.now,
): RunReporter {
  const running = new Set<number>();
  let state: RunState | null = null;
  let pending: string[] = [];
  let drawnLines = 0;
  let frame = 0;
  let isClosed = false;
  output.write(HIDE_CURSOR);
  const timer = setInterval(draw, FRAME_MS);
  // A run keeps the process alive, its picture does not.
  timer.unref();

  function draw(): void {
    frame += 1;
    const live = state === null || isClosed ? [] : liveLines(state);
    const up = drawnLines === 0 ? '' : `\u001b[${drawnLines}A`;
    const lines = [...pending, ...live].map((line) => `${line}\n`).join('');
    if (lines === '' && drawnLines === 0) return;
    output.write(`${BEGIN_FRAME}${up}\r${ERASE_BELOW}${lines}${END_FRAME}`);
    pending = [];
    drawnLines = live.length;
  }

  function liveLines(current: RunState): string[] {
    const { colors } = output;
    const room = Math.max(1, output.rows() - 3);
    const stages = [...running].map((index) => chunkedGet(current.stages, index));
    const shown = stages.length > room ? stages.slice(0, room - 1) : stages;
    const spinner = FRAMES[frame % FRAMES.length] ?? '';
    const lines = shown.map((stage) => liveLine(stage, current, spinner));
    if (shown.length < stages.length) lines.push(colors.dim(`  and ${stages.length - shown.length} more`));
    const { counts } = current;
    const total = current.stages.length;
    const open = counts.pending + counts.ready + counts.queued + counts.running + counts['waiting-approval'];
    const startedAt = Date.parse(current.startedAt ?? current.createdAt);
    const progress = `${total - open}/${total} stages, ${formatDuration(now() - startedAt)}`;
    return [...lines, colors.dim(cut(progress, output.columns() - 1))];
  }

  function liveLine(stage: StageState, current: RunState, spinner: string): string {
    const { colors } = output;
    const duration = formatDuration(stageDurationMs(stage, now()) ?? 0).padStart(7);
    const doing = doingText(stage);
    const rest = cut(
      `${duration}${doing === '' ? '' : `  ${doing}`}`,
      output.columns() - nameWidth(current) - 4,
    );
    const name = cut(plainText(stage.id).padEnd(nameWidth(current)), output.columns() - 3);
    return `${colors.cyan(spinner)} ${name} ${colors.dim(rest)}`;
  }

  return {
    onEvent(event, next) {
      state = next;
      if (event.type === 'attempt-started' || event.type === 'approval-requested')
        running.add(next.graph.indexOf.get(event.stage) ?? -1);
      else if (event.type === 'stage-finished') running.delete(next.graph.indexOf.get(event.stage) ?? -1);
      // That a stage started is told by the live part.
      if (event.type !== 'attempt-started') pending.push(...linesOf(event, next, output.colors, commands));
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      clearInterval(timer);
      draw();
      output.write(SHOW_CURSOR);
    },
  };
}

function doingText({ status, queuedFor, attempts }: StageState): string {
  if (status === 'waiting-approval') return 'waits for approval';
  if (queuedFor !== null) return queuedText(queuedFor);
  const attempt = attempts.at(-1);
  if (attempt?.paused !== undefined) return 'is paused';
  if (attempt?.progress !== undefined) return plainText(progressWords(attempt.progress));
  return plainText(attempt?.steps.at(-1)?.id ?? '');
}

function cut(text: string, width: number): string {
  if (width <= 0) return '';
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
