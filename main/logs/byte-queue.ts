const SLAB_BYTES = 64 * 1024;
const SPARE_SLABS = 8;

/**
 * Bytes on their way to the disk, copied into a few slabs that are used over and over: small writes become large
 * ones, memory stays flat, and the caller's buffers are free again at once.
 */
export class ByteQueue {
  #full: Buffer[] = [];
  #open: Buffer | null = null;
  #openBytes = 0;
  #sizeBytes = 0;
  readonly #spare: Buffer[] = [];

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  push(bytes: Uint8Array): void {
    let from = 0;
    while (from < bytes.length) {
      this.#open ??= this.#spare.pop() ?? Buffer.allocUnsafeSlow(SLAB_BYTES);
      const taken = Math.min(bytes.length - from, SLAB_BYTES - this.#openBytes);
      this.#open.set(
        from === 0 && taken === bytes.length ? bytes : bytes.subarray(from, from + taken),
        this.#openBytes,
      );
      this.#openBytes += taken;
      from += taken;
      if (this.#openBytes === SLAB_BYTES) {
        this.#full.push(this.#open);
        this.#open = null;
        this.#openBytes = 0;
      }
    }
    this.#sizeBytes += bytes.length;
  }

  /** Empties the queue. The parts stay valid until they are handed to `recycle`. */
  take(): Buffer[] {
    const parts = this.#full;
    if (this.#open !== null) parts.push(this.#open.subarray(0, this.#openBytes));
    this.#full = [];
    this.#open = null;
    this.#openBytes = 0;
    this.#sizeBytes = 0;
    return parts;
  }

  recycle(parts: readonly Buffer[]): void {
    for (const part of parts) {
      if (this.#spare.length < SPARE_SLABS) this.#spare.push(Buffer.from(part.buffer, 0, SLAB_BYTES));
    }
  }
}
