import { PatternSet } from './pattern-set.ts';
import { secretForms } from './secret-forms.ts';

/** What stands for a secret. */
export const MASK = '***';
const MASK_BYTES = Buffer.from(MASK);
const NOTHING = Buffer.alloc(0);

/**
 * Masks a stream of bytes: every run of bytes that belongs to an occurrence of a secret, in any of its forms, becomes
 * one `***`. How the stream is cut into chunks makes no difference to the whole.
 */
export interface Masker {
  /**
   * What can be given away of the stream so far: all but an end that may be the beginning of a secret, at most 255 bytes.
   * May share memory with the chunk.
   */
  mask(chunk: Buffer): Buffer;
  /** The same in up to two parts: a large chunk needs no copy then. */
  maskParts(chunk: Buffer): readonly Buffer[];
  /** The rest; the stream has ended and the masker may be used for another one. */
  flush(): Buffer;
}

/** Secrets made ready to be searched for; worth keeping, since making it costs a millisecond or more. */
export interface SecretPatterns {
  masker(): Masker;
  maskText(text: string): string;
  isIn(text: string): boolean;
}

/** @param values those with fewer than 4 characters (without the space around them) are ignored */
export function compileSecrets(values: readonly string[]): SecretPatterns {
  const patterns = new PatternSet(secretForms(values));
  const isIn = (text: string): boolean => !patterns.isClean(Buffer.from(text));
  return {
    masker: () => new StreamMasker(patterns),
    maskText(text) {
      if (patterns.isEmpty || !isIn(text)) return text;
      const masker = new StreamMasker(patterns);
      return Buffer.concat([masker.mask(Buffer.from(text)), masker.flush()]).toString();
    },
    isIn,
  };
}

export function createMasker(values: readonly string[]): Masker {
  return compileSecrets(values).masker();
}

/** The text with `***` for every secret in it. */
export function maskText(values: readonly string[], text: string): string {
  return compileSecrets(values).maskText(text);
}

/** Whether the text gives any of the values away, in any form. */
export function containsSecret(values: readonly string[], text: string): boolean {
  return compileSecrets(values).isIn(text);
}

class StreamMasker implements Masker {
  readonly #patterns: PatternSet;
  /** What came but was not given away yet. */
  #held: Buffer = NOTHING;
  /** So many bytes of `#held` belong to an occurrence that began before them. */
  #coveredBytes = 0;
  /** The last byte that was dealt with belongs to an occurrence: its `***` is written already. */
  #isMasking = false;

  constructor(patterns: PatternSet) {
    this.#patterns = patterns;
  }

  mask(chunk: Buffer): Buffer {
    const parts = this.maskParts(chunk);
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  maskParts(chunk: Buffer): readonly Buffer[] {
    if (this.#patterns.isEmpty || chunk.length === 0) return [chunk];
    if (this.#held.length === 0) return [this.#advance(chunk)];
    // So many bytes decide about all that is held; the rest of the chunk goes on from where they leave off.
    const head = chunk.subarray(0, this.#patterns.longest);
    const first = this.#advance(Buffer.concat([this.#held, head]));
    if (head.length === chunk.length) return [first];
    return [first, this.#advance(chunk.subarray(head.length - this.#held.length))];
  }

  flush(): Buffer {
    const rest = this.#maskUpTo(this.#held, this.#held.length);
    this.#held = NOTHING;
    this.#coveredBytes = 0;
    this.#isMasking = false;
    return rest;
  }

  /** @param data what is held, followed by what comes after it */
  #advance(data: Buffer): Buffer {
    const end = this.#patterns.partialFrom(data);
    const masked =
      this.#coveredBytes === 0 && this.#patterns.isClean(data)
        ? this.#plainUpTo(data, end)
        : this.#maskUpTo(data, end);
    // A copy: the caller may use its chunk again.
    this.#held = end === data.length ? NOTHING : Buffer.from(data.subarray(end));
    return masked;
  }

  #plainUpTo(data: Buffer, end: number): Buffer {
    if (end > 0) this.#isMasking = false;
    return data.subarray(0, end);
  }

  /** Masks the first `end` bytes, which no occurrence that is still incomplete reaches. */
  #maskUpTo(data: Buffer, end: number): Buffer {
    const parts: Buffer[] = [];
    let coveredTo = this.#coveredBytes;
    let done = Math.min(coveredTo, end);
    let from = 0;
    while (from < end) {
      const found = this.#patterns.next(data, from);
      if (found === null || found.start >= end) break;
      if (found.start > done) {
        parts.push(data.subarray(done, found.start));
        this.#isMasking = false;
      }
      if (!this.#isMasking) parts.push(MASK_BYTES);
      this.#isMasking = true;
      coveredTo = Math.max(coveredTo, found.end);
      done = Math.max(done, Math.min(coveredTo, end));
      from = found.start + 1;
    }
    if (done < end) {
      parts.push(data.subarray(done, end));
      this.#isMasking = false;
    }
    this.#coveredBytes = Math.max(0, coveredTo - end);
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }
}
