import type { LogStream } from '#main/engine/ports.ts';

/** Bytes of one stream, in the order in which they came. */
export interface OutputPiece {
  readonly stream: Exclude<LogStream, 'system'>;
  readonly bytes: Buffer;
}

const HEADER_BYTES = 8;

/**
 * Takes apart what the daemon sends of a process without a terminal: frames of a header (stream, three zeros, length as 32
 * bits) and as many bytes. A frame need not be whole to be passed on, and neighbours of the same stream come as one piece.
 * @returns what a chunk brings; the bytes are not copied unless they are joined
 */
export function createDemux(): (chunk: Buffer) => readonly OutputPiece[] {
  const header = Buffer.alloc(HEADER_BYTES);
  let headerFilled = 0;
  let left = 0;
  let stream: OutputPiece['stream'] = 'stdout';

  return (chunk) => {
    const pieces: { stream: OutputPiece['stream']; parts: Buffer[] }[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (left === 0) {
        const copied = chunk.copy(header, headerFilled, at, at + HEADER_BYTES - headerFilled);
        headerFilled += copied;
        at += copied;
        if (headerFilled < HEADER_BYTES) break;
        headerFilled = 0;
        stream = header[0] === STDERR ? 'stderr' : 'stdout';
        left = header.readUInt32BE(4);
        continue;
      }
      const part = chunk.subarray(at, at + left);
      at += part.length;
      left -= part.length;
      const last = pieces.at(-1);
      if (last?.stream === stream) last.parts.push(part);
      else pieces.push({ stream, parts: [part] });
    }
    return pieces.map(({ stream: of, parts }) => ({
      stream: of,
      bytes: parts.length === 1 ? parts[0]! : Buffer.concat(parts),
    }));
  };
}

const STDERR = 2;
