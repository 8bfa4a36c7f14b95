/** A name that is not taken: `input`, else `input-2` and so on. */
export function freeName(word: string, taken: readonly string[]): string {
  if (!taken.includes(word)) return word;
  let number = 2;
  while (taken.includes(`${word}-${number}`)) number += 1;
  return `${word}-${number}`;
}
