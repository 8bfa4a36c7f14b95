import { once } from 'node:events';
import type { Writable } from 'node:stream';
import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;
export type Format = 'pretty' | 'json' | 'ndjson';

/** Where a command writes: results to stdout alone, what is for people besides them to stderr. */
export interface Output {
  readonly format: Format;
  /** For stdout. */
  readonly colors: Colors;
  readonly errorColors: Colors;
  /** Both streams go to a terminal that understands cursor movement. */
  readonly isInteractive: boolean;
  readonly isQuiet: boolean;
  readonly columns: () => number;
  readonly rows: () => number;
  /** Aborts when the reader of stdout has gone (`| head`): there is no one left to write for. */
  readonly readerGone: AbortSignal;
  /** Writes text as it is; what comes after the reader has gone is dropped. */
  write(text: string): void;
  line(text?: string): void;
  /** Writes bytes, and waits when the reader is slow. */
  bytes(chunk: Uint8Array): Promise<void>;
  /** One JSON document, or with `ndjson` one line. */
  json(value: unknown): void;
  error(text: string): void;
  /** Like `error`, but not with `--quiet`. */
  note(text: string): void;
}

export interface OutputOptions {
  readonly format: Format;
  readonly quiet: boolean;
  /** False for `--no-color`. */
  readonly color: boolean;
  readonly env: NodeJS.ProcessEnv;
}

type Terminal = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };

export function createOutput(stdout: Terminal, stderr: Terminal, options: OutputOptions): Output {
  const { env, format, quiet } = options;
  const readerGone = new AbortController();
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
      if (stream === stdout) readerGone.abort();
    });
  }
  const write = (text: string): void => {
    if (!readerGone.signal.aborted) stdout.write(text);
  };
  const error = (text: string): void => {
    stderr.write(`${text}\n`);
  };
  return {
    format,
    colors: picocolors.createColors(wantsColor(stdout, options)),
    errorColors: picocolors.createColors(wantsColor(stderr, options)),
    isInteractive:
      stdout.isTTY === true && env.TERM !== 'dumb' && env.CI === undefined && format === 'pretty' && !quiet,
    isQuiet: quiet,
    columns: () => stdout.columns || 80,
    rows: () => stdout.rows || 24,
    readerGone: readerGone.signal,
    write,
    line: (text = '') => write(`${text}\n`),
    async bytes(chunk) {
      if (readerGone.signal.aborted || stdout.write(chunk)) return;
      await once(stdout, 'drain', { signal: readerGone.signal }).catch((error: unknown) => {
        if (!readerGone.signal.aborted) throw error;
      });
    },
    json: (value) =>
      write(`${format === 'ndjson' ? JSON.stringify(value) : JSON.stringify(value, null, 2)}\n`),
    error,
    note: (text) => {
      if (!quiet) error(text);
    },
  };
}

/** The usual order: `--no-color`, `NO_COLOR`, `FORCE_COLOR`, then whether it is a terminal. */
function wantsColor(stream: Terminal, { color, env }: OutputOptions): boolean {
  if (!color || (env.NO_COLOR ?? '') !== '') return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return stream.isTTY === true && env.TERM !== 'dumb';
}
