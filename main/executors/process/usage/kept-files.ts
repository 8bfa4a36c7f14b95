import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** A file of /proc that is read again and again. */
export interface KeptFile {
  /** Its text now; '' once its process has ended, or when it may not be read. */
  read(): string;
  /** Idempotent. */
  close(): void;
}

/** Files of /proc are short: `stat` has some 400 bytes at most. */
const MOST_BYTES = 4_096;

/**
 * Keeps files open, which makes reading one again a fifth of the work; one that is kept stays that of its process, also when
 * the number of that goes to another one.
 * @param most how many are held open at once; further ones are opened for each reading
 */
export function createKeptFiles(most = 256): { readonly open: (file: string) => KeptFile } {
  const buffer = Buffer.alloc(MOST_BYTES);
  let held = 0;

  function tryOpen(file: string): number | null {
    if (held >= most) return null;
    try {
      const handle = openSync(file, 'r');
      held += 1;
      return handle;
    } catch {
      // Gone, or no handle left; reading it says which.
      return null;
    }
  }

  return {
    open(file) {
      let handle = tryOpen(file);
      return {
        read: () => (handle === null ? readText(file) : readFrom(handle, buffer)),
        close() {
          if (handle === null) return;
          closeSync(handle);
          handle = null;
          held -= 1;
        },
      };
    },
  };
}

function readFrom(handle: number, buffer: Buffer): string {
  try {
    const length = readSync(handle, buffer, 0, buffer.length, 0);
    return buffer.toString('latin1', 0, length);
  } catch {
    // ESRCH: the process has ended.
    return '';
  }
}

/** '' when the process has ended, or does not let us look. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
