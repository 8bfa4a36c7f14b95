import type { Readable } from 'node:stream';
import type { LogSink, LogStream } from '#main/engine/ports.ts';
import type { RemoteUsage } from './remote-usage.ts';
import type { SshSession } from './ssh-session.ts';
import { createStepReader, type RunnerWord } from './step-reader.ts';
import type { Offsets } from './step-scripts.ts';

/** How one connection to a step ended. */
export type Followed =
  | {
      readonly type: 'exited';
      readonly code: number;
      readonly fault: StepFault | null;
      readonly files: Readonly<Record<string, string>>;
    }
  /** The runner is not there any more, and left no exit code. */
  | { readonly type: 'gone' }
  /** The connection ended first; the step may run on. */
  | { readonly type: 'cut'; readonly code: number | null; readonly words: string };

/** Why an exit code is not the step's own, or tells less than it seems to. */
export type StepFault = 'no-folder' | 'no-shell' | 'disk-full';

const FAULTS: Readonly<Record<number, StepFault>> = { 1: 'no-folder', 2: 'no-shell', 3: 'disk-full' };

/** What goes on from one connection to the next. */
export interface Progress {
  out: number;
  err: number;
  hasStarted: boolean;
}

/** What the runner has said on this connection. */
interface Seen {
  end: { readonly code: number; readonly sizes: Offsets; readonly fault: StepFault | null } | null;
  isErrAtEnd: boolean;
  hasAnswered: boolean;
  isGone: boolean;
  isDone: boolean;
}

/**
 * Copies the output of a step into the log, no faster than that takes it, until the runner says that it has ended.
 * @param progress counts what is in the log; the same for each connection to the step
 * @param log never rejects
 * @param onStart called when the step surely has been started
 */
export async function followStep(
  session: SshSession,
  mark: string,
  log: LogSink,
  progress: Progress,
  onStart: () => void,
  usage: RemoteUsage,
): Promise<Followed> {
  const { child } = session;
  const seen: Seen = { end: null, isErrAtEnd: false, hasAnswered: false, isGone: false, isDone: false };
  const files: Buffer[] = [];

  function answer(): void {
    if (seen.hasAnswered || seen.end === null || !seen.isErrAtEnd) return;
    seen.hasAnswered = true;
    child.stdin.write(`${progress.out} ${progress.err}\n`);
  }

  function onWord(stream: LogStream, word: RunnerWord): void {
    if (word.type === 'start') {
      progress.hasStarted = true;
      onStart();
    } else if (word.type === 'gone') seen.isGone = true;
    else if (word.type === 'done') {
      seen.isDone = true;
      child.stdin.end('done\n');
    } else if (word.type === 'usage') usage.look(word.figures);
    else if (word.type === 'times') usage.ended(word.times);
    else if (stream === 'stderr') seen.isErrAtEnd = true;
    else {
      const [code = 255, out = 0, err = 0, fault = 0] = word.rest;
      seen.end = { code, sizes: { out, err }, fault: FAULTS[fault] ?? null };
    }
    answer();
  }

  function copy(source: Readable, stream: 'stdout' | 'stderr'): void {
    const reader = createStepReader(mark);
    const counted = stream === 'stdout' ? 'out' : 'err';
    function write(bytes: Buffer): Promise<void> | undefined {
      const { end } = seen;
      const room = end === null ? bytes.length : Math.max(0, end.sizes[counted] - progress[counted]);
      const ofStep = bytes.subarray(0, room);
      if (ofStep.length < bytes.length && stream === 'stdout') files.push(bytes.subarray(room));
      if (ofStep.length === 0) return undefined;
      progress[counted] += ofStep.length;
      return log.write(stream, ofStep);
    }
    source.on('data', (chunk: Buffer) => {
      const waits: Promise<void>[] = [];
      for (const part of reader.push(chunk)) {
        if (!Buffer.isBuffer(part)) {
          onWord(stream, part);
          continue;
        }
        const wait = write(part);
        if (wait !== undefined) waits.push(wait);
      }
      if (waits.length === 0) return;
      source.pause();
      void Promise.all(waits).then(() => source.resume());
    });
  }

  copy(child.stdout, 'stdout');
  copy(child.stderr, 'stderr');
  const { code, words } = await session.ended;
  const { end, isGone, isDone } = seen;
  if (isGone) return { type: 'gone' };
  const isWhole = end !== null && isDone && progress.out === end.sizes.out && progress.err >= end.sizes.err;
  if (!isWhole) return { type: 'cut', code, words };
  const { code: exitCode, fault } = end;
  return { type: 'exited', code: exitCode, fault, files: parseFiles(Buffer.concat(files)) };
}

const MAX_FILE_BYTES = 1024 * 1024;

/** The command files as the runner sends them: `name size`, a line end, and that many bytes. */
export function parseFiles(bytes: Buffer): Record<string, string> {
  const files: Record<string, string> = {};
  let at = 0;
  for (;;) {
    const newline = bytes.indexOf(0x0a, at);
    if (newline < 0) return files;
    const [name = '', size = '0'] = bytes.subarray(at, newline).toString().split(' ');
    const begin = newline + 1;
    at = begin + Number(size);
    files[name] = bytes.subarray(begin, Math.min(at, begin + MAX_FILE_BYTES)).toString();
  }
}
