/**
 * The number of single-character insertions, deletions, replacements and swaps of neighbours between two words.
 * @returns a number above `limit` as soon as it is clear that the distance is
 */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= right.length; j += 1) {
      const same = left[i - 1] === right[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      }
      row.push(cost);
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[right.length]!;
}

/** Finds the candidate that a wrong word was probably meant to be, or null. */
export type Suggest = (word: string, candidates: Iterable<string>) => string | null;

/**
 * Makes a `Suggest` that stops looking once it has compared `budget` words, so that a file full of wrong
 * names among thousands of right ones is still checked in time that grows with its size alone.
 */
export function createSuggest(budget = 200_000): Suggest {
  let left = budget;
  return (word, candidates) => {
    if (word.length > 60) return null;
    const wanted = word.toLowerCase();
    let best: string | null = null;
    let limit = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
    for (const candidate of candidates) {
      if (left <= 0) return best;
      left -= 1;
      const distance = editDistance(wanted, candidate.toLowerCase(), limit);
      if (distance > limit) continue;
      best = candidate;
      if (distance === 0) return best;
      limit = distance - 1;
      if (limit < 0) return best;
    }
    return best;
  };
}
