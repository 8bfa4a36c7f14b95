/** Why a name cannot be given, in one sentence; null when it can. @param pattern what it must look like */
export function nameProblem(name: string, taken: readonly string[], pattern: string | null): string | null {
  if (name === '') return 'Write a name.';
  if (taken.includes(name)) return `There is ${name} already.`;
  if (pattern !== null && !new RegExp(pattern, 'u').test(name))
    return 'Start with a letter, and use letters, digits and _ only.';
  return null;
}
