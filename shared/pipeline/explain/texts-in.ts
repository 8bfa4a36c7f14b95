/** The texts of a value, however deep. */
export function textsIn(root: unknown): readonly string[] {
  const texts: string[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) open.push(...(Object.values(value) as unknown[]));
  }
  return texts;
}
