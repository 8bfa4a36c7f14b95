import { parseProgressCommand } from '#shared/run/progress-command.ts';
import type { Progress } from '#shared/run/progress.ts';
import type { LogSink } from './ports.ts';

/** Longer lines are no commands. */
const MAX_LINE_BYTES = 2_048;
const LINE_END = 0x0a;
const COLON = 0x3a;
const COMMAND_AFTER_LINE_END = Buffer.from('\n::');
const NOTHING = Buffer.alloc(0);

/** A log whose lines that tell progress are followed; they are written to it as all others are. */
export interface ProgressLog {
  readonly log: LogSink;
  /** Nothing more is written: a last line without its end counts, too. */
  end(): void;
}

/**
 * Only lines that begin with `::` are looked at; of all other output no more than where such lines begin.
 * @see `parseProgressCommand`
 */
export function followProgress(
  inner: LogSink,
  tell: (progress: Omit<Progress, 'step'>) => void,
): ProgressLog {
  const follow = (line: Buffer): void => {
    const progress = parseProgressCommand(line.toString('utf8'));
    if (progress !== null) tell(progress);
  };
  const lines = { stdout: commandLines(follow), stderr: commandLines(follow) };
  return {
    log: {
      write(stream, chunk) {
        if (stream !== 'system') lines[stream].write(chunk);
        return inner.write(stream, chunk);
      },
      close: () => inner.close(),
    },
    end() {
      lines.stdout.end();
      lines.stderr.end();
    },
  };
}

/** Finds the lines of a stream of chunks that begin with `::`. */
function commandLines(found: (line: Buffer) => void): { write(chunk: Buffer): void; end(): void } {
  /** The beginning of a line that may be a command; null inside of any other. */
  let open: Buffer | null = NOTHING;

  function end(): void {
    if (open !== null && open.length > 0) found(open);
    open = NOTHING;
  }

  return {
    write(chunk) {
      const firstEnd = chunk.indexOf(LINE_END);
      if (open !== null) open = begun(open, firstEnd < 0 ? chunk : chunk.subarray(0, firstEnd));
      if (firstEnd < 0) return;
      end();
      let at = chunk.indexOf(COMMAND_AFTER_LINE_END, firstEnd);
      while (at >= 0) {
        const lineEnd = chunk.indexOf(LINE_END, at + 1);
        if (lineEnd < 0) break;
        if (lineEnd - at <= MAX_LINE_BYTES) found(chunk.subarray(at + 1, lineEnd));
        at = chunk.indexOf(COMMAND_AFTER_LINE_END, lineEnd);
      }
      open = begun(NOTHING, chunk.subarray(chunk.lastIndexOf(LINE_END) + 1));
    },
    end,
  };
}

/** A copy, since who writes may use its buffer again; null when the line cannot be a command any more. */
function begun(before: Buffer, more: Buffer): Buffer | null {
  if (before.length === 0 && more.length === 0) return NOTHING;
  if (before.length + more.length > MAX_LINE_BYTES) return null;
  const [first, second = COLON] =
    before.length === 0 ? more : before.length === 1 ? [before[0], more[0]] : before;
  return first === COLON && second === COLON ? Buffer.concat([before, more]) : null;
}
