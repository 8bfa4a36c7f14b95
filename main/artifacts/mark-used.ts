import fs from 'node:fs';
import fsp from 'node:fs/promises';

/** The date of content that was found to be damaged: who stores the same content writes it anew. */
export const DAMAGED_MS = 0;
/** A file that is used again after this time is marked as new; must stay well below `COLLECTABLE_AFTER_MS`. */
const TOUCH_AFTER_MS = 10 * 60_000;

/**
 * Gives stored content that is used again a new date, so that no collection takes it before something refers to it.
 * @returns false when it could not be marked, as when it is gone, or was found to be damaged
 */
export async function markUsed(file: string, mtimeMs: number): Promise<boolean> {
  if (mtimeMs === DAMAGED_MS) return false;
  const now = Date.now();
  if (now - mtimeMs < TOUCH_AFTER_MS) return true;
  return fsp.utimes(file, now / 1_000, now / 1_000).then(
    () => true,
    () => false,
  );
}

/** As `markUsed`. */
export function markUsedSync(file: string, mtimeMs: number): boolean {
  if (mtimeMs === DAMAGED_MS) return false;
  const now = Date.now();
  if (now - mtimeMs < TOUCH_AFTER_MS) return true;
  try {
    fs.utimesSync(file, now / 1_000, now / 1_000);
    return true;
  } catch {
    // It was collected in between.
    return false;
  }
}
