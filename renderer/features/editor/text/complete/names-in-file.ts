import type { CatalogKind } from '#shared/api/procedures/kind.ts';
import { matrixKeys } from '#shared/pipeline/matrix-keys.ts';
import { listOf, mappingOf, type RawMapping } from '#shared/pipeline/raw-stages.ts';
import { valueAt, type ValuePath } from '#shared/pipeline/source-map.ts';

/** A name that the file or the catalog gives, with what it stands for; both texts may be empty. */
export interface KnownName {
  readonly label: string;
  readonly detail: string;
  readonly help: string;
}

interface Place {
  /** The file, or the one of its pipelines that the path leads into. */
  readonly part: RawMapping;
  /** From there on. */
  readonly own: ValuePath;
}

function placeOf(path: ValuePath, root: unknown): Place {
  const isInPipeline = path[0] === 'pipelines' && path.length > 2;
  return {
    part: mappingOf(isInPipeline ? valueAt(root, path.slice(0, 2)) : root),
    own: isInPipeline ? path.slice(2) : path,
  };
}

/** The names that a value may refer to; null when it refers to nothing that has a name. */
export function valueNames(
  path: ValuePath,
  kinds: readonly CatalogKind[],
  root: unknown,
): readonly KnownName[] | null {
  const { part, own } = placeOf(path, root);
  const [section, id] = own;
  const key = String(own[2]);
  if (own.includes('with')) return null;
  if (own.at(-1) === 'uses') return kinds.map(({ id: kind, title, summary }) => name(kind, title, summary));
  if (section !== 'stages' && section !== 'templates') return null;
  switch (key) {
    case 'needs':
      return needable(mappingOf(part['stages']), section === 'stages' ? String(id) : null);
    case 'extends':
      return keysOf(mappingOf(root)['templates']).filter(
        ({ label }) => section !== 'templates' || label !== id,
      );
    case 'pipeline':
      return keysOf(mappingOf(root)['pipelines']);
    case 'secrets':
      return namesOf(mappingOf(root)['secrets']);
    case 'state':
      return keysOf(mappingOf(root)['state']);
    default:
      return null;
  }
}

/**
 * Names that a mapping may have as keys beyond those of the format: inputs of the pipeline that a stage calls, the axes
 * of a matrix in the combinations that are added to it or left out.
 */
export function keyNames(
  path: ValuePath,
  root: unknown,
  entriesAt: (depth: number) => ReadonlyMap<string, string>,
): readonly (KnownName & { readonly isRequired: boolean })[] {
  const { own } = placeOf(path, root);
  const [section, , key, inner] = own;
  if (section !== 'stages' && section !== 'templates') return [];
  if (key === 'with' && own.length === 3) {
    const called = entriesAt(path.length - 1).get('pipeline');
    const inputs =
      called === undefined
        ? {}
        : mappingOf(mappingOf(mappingOf(mappingOf(root)['pipelines'])[called])['inputs']);
    return Object.entries(inputs).map(([label, input]) => {
      const { description, required } = mappingOf(input);
      return { ...name(label, 'input', textOf(description)), isRequired: required === true };
    });
  }
  if (key === 'matrix' && (inner === 'include' || inner === 'exclude') && own.length === 5) {
    const axes = matrixKeys(valueAt(root, path.slice(0, -2))) ?? [];
    return axes.map((axis) => ({ ...name(axis, 'of the matrix', ''), isRequired: false }));
  }
  return [];
}

/** The stages that one may need without going in a circle. */
function needable(stages: RawMapping, id: string | null): readonly KnownName[] {
  const needing = new Map<unknown, string[]>();
  for (const [other, stage] of Object.entries(stages)) {
    for (const need of listOf(mappingOf(stage)['needs'])) {
      const known = needing.get(need);
      if (known === undefined) needing.set(need, [other]);
      else known.push(other);
    }
  }
  const later = new Set(id === null ? [] : [id]);
  // A set grows while it is walked: what needs one of it comes later, too.
  for (const one of later) for (const other of needing.get(one) ?? []) later.add(other);
  return Object.entries(stages)
    .filter(([other]) => !later.has(other))
    .map(([other, stage]) => name(other, textOf(mappingOf(stage)['name']), ''));
}

const keysOf = (mapping: unknown): readonly KnownName[] => namesOf(Object.keys(mappingOf(mapping)));

/** Of a list of names, or of a mapping by name. */
function namesOf(value: unknown): readonly KnownName[] {
  const mapping = mappingOf(value);
  const labels =
    mapping === value ? Object.keys(mapping) : listOf(value).filter((one) => typeof one === 'string');
  return labels.map((label) => name(label, '', textOf(mappingOf(mapping[label])['description'])));
}

const textOf = (text: unknown): string => (typeof text === 'string' ? text : '');

const name = (label: string, detail: string, help: string): KnownName => ({ label, detail, help });
