const MAX_SHOWN = 40;

/** Shows a text from a file inside of a message: one line, shortened. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `\`${line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line}\``;
}

/** Names a value as a person who writes YAML would: `the number 3`, `a list`, `empty`. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (typeof value === 'string') return value.trim() === '' ? 'an empty text' : `the text ${quote(value)}`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return 'a mapping';
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  null: 'empty',
};

/** Names the types that a schema expects: `text or a list`. */
export function describeTypes(types: readonly string[]): string {
  const words = [...new Set(types.map((type) => WORDS[type] ?? type))].filter((word) => word !== 'empty');
  return words.length < 2 ? (words[0] ?? 'empty') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)!}`;
}
