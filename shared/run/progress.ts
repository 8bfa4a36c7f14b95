/** How far an attempt has come, in whatever it counts. */
export interface Progress {
  /** A whole number from 0 to `total`. */
  readonly done: number;
  /** At least 1; null: nobody knows how much there is. */
  readonly total: number | null;
  /** What is being done, in one line for people. */
  readonly label: string | null;
  /** The step that counts, from 1, of all `count`; absent: the stage has one step, or it is the steps that are counted. */
  readonly step?: { readonly number: number; readonly count: number };
}

/** Longer labels have no place where progress is shown. */
export const MAX_PROGRESS_LABEL_CHARS = 120;

/**
 * Progress as it is kept: `done` is not more than `total`, and the label is one short line.
 * @returns null for figures that mean nothing: negative, with a fraction, of a total of 0
 */
export function progressOf(
  done: number,
  total: number | null,
  label: string | null,
): Omit<Progress, 'step'> | null {
  if (!isCount(done) || (total !== null && (!isCount(total) || total === 0))) return null;
  const line = (label ?? '')
    .slice(0, 4 * MAX_PROGRESS_LABEL_CHARS)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const characters = Array.from(line);
  const isLong = characters.length > MAX_PROGRESS_LABEL_CHARS;
  const short = isLong ? `${characters.slice(0, MAX_PROGRESS_LABEL_CHARS - 1).join('')}…` : line;
  return {
    done: total === null ? done : Math.min(done, total),
    total,
    label: short === '' ? null : short,
  };
}

export function isSameProgress(one: Progress | null | undefined, other: Progress): boolean {
  return (
    one?.done === other.done &&
    one.total === other.total &&
    one.label === other.label &&
    one.step?.number === other.step?.number
  );
}

/** Which part of the whole is done, from 0 to 1, the steps before this one among it; null when the total is not known. */
export function progressShare({ done, total, step }: Progress): number | null {
  const part = total === null ? null : done / total;
  if (step === undefined) return part;
  return (step.number - 1 + (part ?? 0)) / step.count;
}

/** `3 of 10`, `3 so far`, `step 2 of 4, 3 of 10`. */
export function progressCount({ done, total, step }: Progress): string {
  const count = total === null ? `${done} so far` : `${done} of ${total}`;
  return step === undefined ? count : `step ${step.number} of ${step.count}, ${count}`;
}

/** `3 of 10: Uploading app.tgz`. */
export function progressWords(progress: Progress): string {
  const count = progressCount(progress);
  return progress.label === null ? count : `${count}: ${progress.label}`;
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
