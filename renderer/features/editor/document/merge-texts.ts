import { diff3Merge } from 'node-diff3';

export interface MergedText {
  readonly text: string;
  /** Places where both changed the same lines; each is marked in the text. */
  readonly conflicts: number;
}

/** The first words of the comments that mark a conflict. */
export const CONFLICT_START = '# <<<<<<< yours';
const CONFLICT_MIDDLE = '# ======= on disk';
const CONFLICT_END = '# >>>>>>> end of both';

/**
 * Joins two texts that were made from one, by lines. Where both changed the same lines, both stay, between marks that are
 * comments: the file can be read as YAML, and shows what stands there twice.
 */
export function mergeTexts(mine: string, base: string, theirs: string): MergedText {
  const parts = diff3Merge(mine.split('\n'), base.split('\n'), theirs.split('\n'), {
    excludeFalseConflicts: true,
  });
  const lines: string[] = [];
  let conflicts = 0;
  for (const { ok, conflict } of parts) {
    if (ok !== undefined) lines.push(...ok);
    if (conflict === undefined) continue;
    conflicts += 1;
    const { a, b } = conflict;
    const indent = /^[ ]*/.exec([...a, ...b].find((line) => line.trim() !== '') ?? '')?.[0] ?? '';
    lines.push(indent + CONFLICT_START, ...a, indent + CONFLICT_MIDDLE, ...b, indent + CONFLICT_END);
  }
  return { text: lines.join('\n'), conflicts };
}
