import type { LogSink } from '#main/engine/ports.ts';

const HEADER_BYTES = 8;
const STDERR = 2;
const TAIL_BYTES = 4_096;

/** What a service prints, on its way into its log. */
export interface ServiceOutput {
  /** The last lines that it printed, without the empty ones. */
  tail(lines: number): readonly string[];
  /** Settles when nothing more can come; never rejects. */
  readonly ended: Promise<void>;
}

/**
 * Copies Docker's frames of output into a log, no faster than the log takes them. A log that cannot be written costs its
 * lines, not the service: it is read on, so that it does not come to a stop over a full pipe.
 * @param source closes it when the container ends
 */
export function copyOutput(source: AsyncIterable<Uint8Array>, log: LogSink): ServiceOutput {
  let last = Buffer.alloc(0);
  let isLogGood = true;

  async function write(stream: 'stdout' | 'stderr', bytes: Buffer): Promise<void> {
    last = Buffer.concat([last, bytes]).subarray(-TAIL_BYTES);
    if (!isLogGood) return;
    try {
      await log.write(stream, bytes);
    } catch {
      isLogGood = false;
    }
  }

  async function copy(): Promise<void> {
    let rest = Buffer.alloc(0);
    for await (const chunk of source) {
      rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
      while (rest.length >= HEADER_BYTES) {
        const end = HEADER_BYTES + rest.readUInt32BE(4);
        if (rest.length < end) break;
        await write(rest[0] === STDERR ? 'stderr' : 'stdout', rest.subarray(HEADER_BYTES, end));
        rest = rest.subarray(end);
      }
    }
  }

  return {
    tail(lines) {
      const texts = last.toString('utf8').split(/\r?\n/);
      return texts.filter((text) => text.trim() !== '').slice(-lines);
    },
    // A connection that breaks is the end of what can be known of it.
    ended: copy().catch(() => undefined),
  };
}
