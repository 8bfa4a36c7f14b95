/** Whether two plain values are equal, whatever the order of their keys. What stands in many places is compared once. */
export function sameValue(a: unknown, b: unknown, known = new Map<object, object>()): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (known.get(a) === b) return true;
  known.set(a, b);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => {
      if (!Object.hasOwn(b, key)) return false;
      return sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], known);
    })
  );
}
