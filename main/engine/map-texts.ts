/** Names of fields that say what a thing is, not what someone wrote; a secret such as `test` must not break them. */
const STRUCTURAL: ReadonlySet<string> = new Set([
  'type',
  'runId',
  'stage',
  'step',
  'status',
  'severity',
  'code',
  'signal',
  'sha256',
]);

/** The same value with every text in it replaced, also deep within; keys and structural fields stay. For plain data. */
export function mapTexts<Value>(value: Value, replace: (text: string) => string): Value {
  const map = (part: unknown): unknown => {
    if (typeof part === 'string') return replace(part);
    if (Array.isArray(part)) return part.map(map);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, inner]) => [
        key,
        typeof inner === 'string' && STRUCTURAL.has(key) ? inner : map(inner),
      ]),
    );
  };
  return map(value) as Value;
}
