const TAIL_BYTES = 4_096;

/** The end of what a service has printed. */
export interface OutputTail {
  add(bytes: Buffer): void;
  /** The last lines, without the empty ones. */
  lines(count: number): readonly string[];
}

export function createOutputTail(): OutputTail {
  let last = Buffer.alloc(0);
  return {
    add(bytes) {
      last = Buffer.concat([last, bytes.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
    },
    lines(count) {
      const texts = last.toString('utf8').split(/\r?\n/);
      return texts.filter((text) => text.trim() !== '').slice(-count);
    },
  };
}
