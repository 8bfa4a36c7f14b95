/** The values that expressions read, by context; one of `CONTEXTS` that is left out is empty. */
export type Contexts = Readonly<Record<string, unknown>>;

/** The value at a path, found without regard to case, as expressions do; undefined where there is none. */
export function valueIn(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    const key = Object.keys(value).find((name) => name.toLowerCase() === step.toLowerCase());
    value = key === undefined ? undefined : (value as Record<string, unknown>)[key];
  }
  return value;
}
