import type { LogSink } from '#main/engine/ports.ts';
import { createOutputTail, type OutputTail } from '../../services/output-tail.ts';
import { createDemux } from '../demux.ts';

/** What a service prints, on its way into its log. */
export interface ServiceOutput {
  readonly tail: Pick<OutputTail, 'lines'>;
  /** Settles when nothing more can come; never rejects. */
  readonly ended: Promise<void>;
}

/**
 * Copies Docker's frames of output into a log, no faster than the log takes them. A log that cannot be written costs its
 * lines, not the service: it is read on, so that it does not come to a stop over a full pipe.
 * @param source closes it when the container ends
 */
export function copyOutput(source: AsyncIterable<Buffer>, log: LogSink): ServiceOutput {
  const tail = createOutputTail();
  let isLogGood = true;

  async function write(stream: 'stdout' | 'stderr', bytes: Buffer): Promise<void> {
    tail.add(bytes);
    if (!isLogGood) return;
    try {
      await log.write(stream, bytes);
    } catch {
      isLogGood = false;
    }
  }

  async function copy(): Promise<void> {
    const demux = createDemux();
    for await (const chunk of source)
      for (const { stream, bytes } of demux(chunk)) await write(stream, bytes);
  }

  return {
    tail,
    // A connection that breaks is the end of what can be known of it.
    ended: copy().catch(() => undefined),
  };
}
