import { alternativesOf, type JsonSchema } from '../../form/schema/json-schema.ts';
import type { YamlContext } from '../yaml-context.ts';
import { keyNames, valueNames } from './names-in-file.ts';
import { schemasAt, type SchemaPart, type TextAround } from './schema-walk.ts';
import { typeWords } from './type-words.ts';

/** A key or a value that may be written at a place. */
export interface TextOption {
  readonly label: string;
  readonly type: 'key' | 'value';
  /** What it takes or is, in a few words; may be empty. */
  readonly detail: string;
  /** One or two sentences; may hold `code`, may be empty. */
  readonly help: string;
  /** What a key holds, so that the cursor goes to the right place behind it. */
  readonly holds: 'scalar' | 'mapping' | 'list';
  readonly isRequired: boolean;
}

/** What is known around a place of the text. */
export interface Surroundings extends Pick<TextAround, 'kinds'> {
  /** The plain value of the newest text that could be read. */
  readonly root: unknown;
}

/** What may stand at a place of the text: keys that are not there yet, or the values that a key takes. */
export function optionsAt(context: YamlContext, { kinds, root }: Surroundings): readonly TextOption[] {
  const around = { kinds, entriesAt: (depth: number) => context.entriesAt(depth) };
  const { path, at } = context;
  if (at === 'none' || at === 'text') return [];
  const parts = schemasAt(path, around);
  const present = context.entriesAt(path.length);
  const known = keyNames(path, root, around.entriesAt).map((name): TextOption => ({
    ...name,
    type: 'key',
    holds: 'scalar',
  }));
  const keys =
    at === 'value'
      ? []
      : [...known.filter(({ label }) => !present.has(label)), ...keyOptions(parts, present)];
  return at === 'key' ? keys : [...valueOptions(parts, path, kinds, root), ...keys];
}

function keyOptions(
  parts: readonly SchemaPart[],
  present: ReadonlyMap<string, string>,
): readonly TextOption[] {
  const options = new Map<string, TextOption>();
  for (const { schema, definitions } of parts) {
    for (const [label, property] of Object.entries(schema.properties ?? {})) {
      if (options.has(label) || present.has(label)) continue;
      const alternatives = alternativesOf(property, definitions);
      options.set(label, {
        label,
        type: 'key',
        detail: typeWords(alternatives),
        help: property.description ?? '',
        holds: holdsOf(alternatives),
        isRequired: schema.required?.includes(label) ?? false,
      });
    }
  }
  return [...options.values()];
}

function holdsOf(alternatives: readonly JsonSchema[]): TextOption['holds'] {
  const has = (type: string): boolean => alternatives.some((option) => option.type === type);
  if (has('string') || has('boolean') || has('number') || has('integer')) return 'scalar';
  if (has('array')) return 'list';
  return has('object') ? 'mapping' : 'scalar';
}

function valueOptions(
  parts: readonly SchemaPart[],
  path: YamlContext['path'],
  kinds: Surroundings['kinds'],
  root: unknown,
): readonly TextOption[] {
  const named = valueNames(path, kinds, root);
  if (named !== null) return named.map(({ label, detail, help }) => value(label, detail, help));
  const values = parts.flatMap(({ schema }) => choicesOf(schema, path.at(-1) ?? ''));
  const help = parts.find(({ schema }) => schema.description !== undefined)?.schema.description ?? '';
  return [...new Set(values)].map((label) => value(label, '', help));
}

/** Spans of time that are asked for most, where a schema takes one. */
const SPANS = ['30s', '5m', '10m', '30m', '1h', '1d'];
const SHELLS = ['sh', 'bash', 'pwsh', 'python'];

function choicesOf(
  { enum: choices, type, pattern, examples }: JsonSchema,
  key: string | number,
): readonly string[] {
  if (choices !== undefined) return choices.map(String);
  if (type === 'boolean') return ['true', 'false'];
  if (type !== 'string') return [];
  if (pattern?.includes('ms|s|m|h') === true) return SPANS;
  if (key === 'shell') return SHELLS;
  return examples?.filter((example) => typeof example === 'string') ?? [];
}

const value = (label: string, detail: string, help: string): TextOption => ({
  label,
  type: 'value',
  detail,
  help,
  holds: 'scalar',
  isRequired: false,
});
