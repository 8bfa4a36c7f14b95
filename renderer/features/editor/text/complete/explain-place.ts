import type { CatalogKind } from '#shared/api/procedures/kind.ts';
import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import { valueAt } from '#shared/pipeline/source-map.ts';
import type { YamlContext } from '../yaml-context.ts';
import type { Surroundings } from './options.ts';
import { schemasAt } from './schema-walk.ts';
import { typeWords } from './type-words.ts';

/** What a key, a kind or a stage is, in words. */
export interface Explanation {
  readonly title: string;
  /** What it takes or is, in a few words; may be empty. */
  readonly type: string;
  /** May hold `code`. */
  readonly help: string;
  /** Further facts: their name, and what they are. */
  readonly facts: readonly (readonly [name: string, words: string])[];
  /** A piece of YAML; null without one. */
  readonly example: string | null;
}

/** What can be said of the word at a place; null when there is nothing. */
export function explainPlace(context: YamlContext, word: string, around: Surroundings): Explanation | null {
  const { path, at } = context;
  if (at === 'key') return word === '' ? null : explainKey(context, word, around);
  if (at !== 'value' && at !== 'item') return null;
  const key = path.findLast((step) => typeof step === 'string');
  if (path.includes('with')) return null;
  if (key === 'uses') {
    const kind = around.kinds.find(({ id }) => id === word);
    return kind === undefined ? null : explainKind(kind);
  }
  return key === 'needs' ? explainStage(context, word, around) : null;
}

function explainKey(context: YamlContext, key: string, { kinds }: Surroundings): Explanation | null {
  const path = [...context.path, key];
  const schemas = schemasAt(path, { kinds, entriesAt: (depth) => context.entriesAt(depth) }).map(
    ({ schema }) => schema,
  );
  const said = schemas.find(({ description }) => description !== undefined);
  // Below keys that people choose, such as the id of a stage, a description is that of something else.
  if (said?.description === undefined) return null;
  const facts: (readonly [string, string])[] = [];
  if (said.default !== undefined) facts.push(['Default', `\`${written(said.default)}\``]);
  const [example] = said.examples ?? [];
  return {
    title: key,
    type: typeWords(schemas),
    help: said.description,
    facts,
    example: example === undefined ? null : `${key}: ${written(example)}`,
  };
}

export function explainKind({ id, title, summary, outputs, example }: CatalogKind): Explanation {
  const settings = Object.entries(example).map(([key, setting]) => `  ${key}: ${written(setting)}`);
  return {
    title: id,
    type: title,
    help: summary,
    facts: outputs.map(({ name, description }) => [`outputs.${name}`, description]),
    example: settings.length === 0 ? null : ['with:', ...settings].join('\n'),
  };
}

function explainStage({ path }: YamlContext, id: string, { root }: Surroundings): Explanation | null {
  const part = path[0] === 'pipelines' ? valueAt(root, path.slice(0, 2)) : root;
  const stages = mappingOf(mappingOf(part)['stages']);
  if (!Object.hasOwn(stages, id)) return null;
  const { name, uses, run, outputs } = mappingOf(stages[id]);
  const facts: (readonly [string, string])[] = [];
  if (typeof uses === 'string') facts.push(['Uses', `\`${uses}\``]);
  if (typeof run === 'string') facts.push(['Runs', `\`${run.split('\n')[0] ?? ''}\``]);
  const names = Object.keys(mappingOf(outputs));
  if (names.length > 0) facts.push(['Outputs', names.map((output) => `\`${output}\``).join(', ')]);
  return { title: id, type: 'stage', help: typeof name === 'string' ? name : '', facts, example: null };
}

const written = (value: unknown): string =>
  typeof value === 'string' && /^[\w./*@-][^#:'"\n]*$/.test(value) ? value : JSON.stringify(value);
