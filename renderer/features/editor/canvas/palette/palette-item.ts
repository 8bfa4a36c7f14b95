import type { CatalogKind } from '#shared/api/procedures/kind.ts';
import type { YamlValue } from '#shared/pipeline/edits/operation.ts';

/** Something that can become a stage. */
export interface PaletteItem {
  /** `run`, `steps`, `approval`, `pipeline`, or the id of a kind. */
  readonly id: string;
  readonly title: string;
  /** The heading that it stands under. */
  readonly family: string;
  /** One line. */
  readonly summary: string;
  /** What else people may call it by: its tools, and the words of its help. */
  readonly words?: string;
  /** What a stage of it is called at first. */
  readonly name: string;
  /** What the new stage holds, without `needs`. */
  readonly value: Readonly<Record<string, YamlValue>>;
}

export const BASICS = 'basics';

const BODIES: readonly PaletteItem[] = [
  {
    id: 'run',
    title: 'Script',
    family: BASICS,
    summary: 'Runs commands in a shell',
    name: 'script',
    value: { run: 'echo "Nothing to do yet"' },
  },
  {
    id: 'steps',
    title: 'Steps',
    family: BASICS,
    summary: 'Runs several scripts and kinds one after another in one workspace',
    name: 'steps',
    value: { steps: [{ run: 'echo "Nothing to do yet"' }] },
  },
  {
    id: 'approval',
    title: 'Approval',
    family: BASICS,
    summary: 'Waits until a person says yes',
    name: 'approve',
    value: { approval: { message: 'Go on?' } },
  },
];

/**
 * All that can be put on a canvas.
 * @param pipelines the names of the file's pipelines that a stage of the present scope may call
 */
export function paletteItems(
  kinds: readonly CatalogKind[],
  pipelines: readonly string[],
): readonly PaletteItem[] {
  const calls = pipelines.map((pipeline): PaletteItem => ({
    id: `pipeline:${pipeline}`,
    title: `Call ${pipeline}`,
    family: BASICS,
    summary: `Runs the pipeline ${pipeline} of this file`,
    name: pipeline,
    value: { pipeline },
  }));
  return [...BODIES, ...(calls.length === 0 ? [CALL] : calls), ...kinds.map(kindItem)];
}

/** For a file without pipelines: the path of another file. */
const CALL: PaletteItem = {
  id: 'pipeline',
  title: 'Call a pipeline',
  family: BASICS,
  summary: 'Runs another pipeline file of the project',
  name: 'call',
  value: { pipeline: './.pipewright/other.yml' },
};

function kindItem(kind: CatalogKind): PaletteItem {
  const { id, family, title, summary, settings, example, tools, help } = kind;
  const needed = requiredSettings(settings, example);
  return {
    id,
    title,
    family,
    summary,
    words: `${tools.join(' ')} ${help}`.toLowerCase(),
    name: id.slice(id.indexOf('.') + 1),
    value: { uses: id, ...(Object.keys(needed).length === 0 ? {} : { with: needed }) },
  };
}

/** What a stage cannot do without and has no default for, as the kind's example has it. */
function requiredSettings(
  settings: CatalogKind['settings'],
  example: CatalogKind['example'],
): Readonly<Record<string, YamlValue>> {
  const required = Array.isArray(settings['required']) ? (settings['required'] as unknown[]) : [];
  const properties = (settings['properties'] ?? {}) as Record<string, { readonly default?: unknown }>;
  const missing = required
    .filter((key) => typeof key === 'string')
    .filter((key) => properties[key]?.default === undefined);
  return Object.fromEntries(missing.map((key) => [key, (example[key] ?? '') as YamlValue]));
}
