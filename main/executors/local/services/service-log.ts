import type { LogSink } from '#main/engine/ports.ts';
import { createOutputTail, type OutputTail } from '../../services/output-tail.ts';

/** A log that remembers its end. */
export interface TailedLog extends LogSink {
  readonly tail: Pick<OutputTail, 'lines'>;
}

/**
 * What cannot be written costs its lines, not the service that prints them.
 * @param log null: the end is all that is wanted
 */
export function tailedLog(log: LogSink | null): TailedLog {
  const tail = createOutputTail();
  let isGood = log !== null;
  const giveUp = (): void => {
    isGood = false;
  };
  return {
    tail,
    write(stream, chunk) {
      tail.add(chunk);
      return isGood ? log?.write(stream, chunk)?.catch(giveUp) : undefined;
    },
    close: () => log?.close().catch(giveUp) ?? Promise.resolve(),
  };
}
