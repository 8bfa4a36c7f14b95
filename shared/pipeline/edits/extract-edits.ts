import type { ValuePath } from '../source-map.ts';
import { valueAt } from '../source-map.ts';
import { listOf, mappingOf } from '../raw-stages.ts';
import { copyStages, renameCopies } from './copy-stages.ts';
import { entryLines } from './entry-lines.ts';
import { fieldEdits } from './field-edits.ts';
import { formatEntry } from './format-value.ts';
import { replaceNeeds, requireStage } from './needs-edits.ts';
import type { Operation, YamlValue } from './operation.ts';
import { sameValue } from './same-value.ts';
import { scalarPaths } from './scalar-paths.ts';
import { needsOf, stagePath, stagesOf, stagesPath } from './stage-paths.ts';
import type { YamlEdit } from './yaml-edit.ts';
import { EditRefused, type YamlSource } from './yaml-source.ts';

type Of<Type extends Operation['type']> = Extract<Operation, { type: Type }>;

/** What makes a stage this one and no other. */
const OWN_KEYS: ReadonlySet<string> = new Set(['name', 'needs', 'extends']);

/** Moves what stages have in common into a template, with the comments of the first of them. */
export function extractTemplate(
  source: YamlSource,
  root: unknown,
  { scope, ids, template }: Of<'extract-template'>,
): readonly YamlEdit[] {
  for (const id of ids) requireStage(root, scope, id);
  const [first = {}, ...others] = ids.map((id) => mappingOf(stagesOf(root, scope)[id]));
  const shared = Object.entries(first).filter(
    ([key, value]) =>
      !OWN_KEYS.has(key) &&
      others.every((other) => Object.hasOwn(other, key) && sameValue(other[key], value)),
  );
  if (shared.length === 0)
    throw new EditRefused('These stages have nothing in common that a template could hold.');
  const keys = shared.map(([key]) => key);
  const lines = keys.flatMap((key) => entryLines(source, [...stagePath(scope, ids[0]!), key]));
  const value = Object.fromEntries(shared) as YamlValue;
  return [
    addPart(source, root, 'templates', template, value, lines),
    ...ids.flatMap((id) => extendInstead(root, stagePath(scope, id), keys, template)),
  ];
}

/** The stage at `path` has a template in place of keys. */
function extendInstead(
  root: unknown,
  path: ValuePath,
  keys: readonly string[],
  template: string,
): readonly YamlEdit[] {
  const stage = mappingOf(valueAt(root, path));
  const before = listOf(stage['extends']).map(String);
  const name = before.length === 0 ? template : [...before, template];
  if (Object.keys(stage).every((key) => keys.includes(key)))
    return [{ type: 'set', path, value: { extends: name } }];
  const removed = keys.map((key): YamlEdit => ({ type: 'remove', path: [...path, key] }));
  return [...fieldEdits(root, [...path, 'extends'], name), ...removed];
}

/** Moves stages into a pipeline of the file, and puts a stage that calls it in their place. */
export function extractPipeline(
  source: YamlSource,
  root: unknown,
  { ids, pipeline, stage }: Of<'extract-pipeline'>,
): readonly YamlEdit[] {
  const inside = new Set(ids);
  const stages = stagesOf(root, null);
  for (const id of ids) requireStage(root, null, id);
  if (Object.hasOwn(stages, stage) && !inside.has(stage))
    throw new EditRefused(`There is a stage ${stage} already.`);
  refuseReadsAcross(root, inside);
  const moved = Object.keys(stages).filter((id) => inside.has(id));
  const outside = [
    ...new Set(moved.flatMap((id) => needsOf(stages, id)).filter((need) => !inside.has(need))),
  ];
  const inputs = readInputs(stages, moved);
  const declared = inputs.map(
    (name) => [name, (valueAt(root, ['inputs', name]) ?? {}) as YamlValue] as const,
  );
  const names = Object.fromEntries(moved.map((id) => [id, id]));
  const copies = renameCopies(copyStages(source, null, moved), names, () => false);
  const value: YamlValue = {
    ...(inputs.length === 0 ? {} : { inputs: Object.fromEntries(declared) }),
    stages: Object.fromEntries(copies.map((copy) => [copy.id, copy.value])),
  };
  const { style } = source;
  const lines = [
    ...(inputs.length === 0 ? [] : formatEntry('inputs', Object.fromEntries(declared), 0, style)),
    'stages:',
    ...indented(
      copies.flatMap((copy, index) => (index === 0 ? copy.lines : ['', ...copy.lines])),
      style.step,
    ),
  ];
  const call = inputs.map((name) => [name, `\${{ inputs.${name} }}`] as const);
  const caller: YamlValue = {
    ...(outside.length === 0 ? {} : { needs: outside }),
    pipeline,
    ...(inputs.length === 0 ? {} : { with: Object.fromEntries(call) }),
  };
  return [
    addPart(source, root, 'pipelines', pipeline, value, lines),
    ...replaceNeeds(root, null, (need) => [inside.has(need) ? stage : need], inside),
    ...putInPlace(Object.keys(stages), moved, stage, caller),
  ];
}

/** A stage where the first of others was, which go. */
function putInPlace(
  order: readonly string[],
  moved: readonly string[],
  stage: string,
  value: YamlValue,
): readonly YamlEdit[] {
  const isAll = moved.length === order.length;
  if (isAll) return [{ type: 'set', path: stagesPath(null), value: { [stage]: value } }];
  const gone = moved.filter((id) => id !== stage);
  const removed = gone.map((id): YamlEdit => ({ type: 'remove', path: stagePath(null, id) }));
  if (moved.includes(stage)) return [{ type: 'set', path: stagePath(null, stage), value }, ...removed];
  const after = order[order.indexOf(moved[0]!) - 1] ?? null;
  return [{ type: 'insert', path: stagesPath(null), key: stage, value, after }, ...removed];
}

/** Adds a template or a pipeline, with the section that holds it where there is none. @param lines what is in it */
function addPart(
  source: YamlSource,
  root: unknown,
  section: 'templates' | 'pipelines',
  name: string,
  value: YamlValue,
  lines: readonly string[],
): YamlEdit {
  const present = mappingOf(valueAt(root, [section]));
  if (Object.hasOwn(present, name))
    throw new EditRefused(`There is a ${section.slice(0, -1)} ${name} already.`);
  const { step } = source.style;
  const entry = [`${name}:`, ...indented(lines, step)];
  if (Object.keys(present).length > 0)
    return { type: 'insert', path: [section], key: name, value, lines: entry };
  const [made] = fieldEdits(root, [section, name], value);
  if (made?.type !== 'insert') throw new EditRefused(`The file has ${section} that are no mapping.`);
  return made.path.length === 0
    ? { ...made, lines: [`${section}:`, ...indented(entry, step)] }
    : { ...made, lines: entry };
}

const indented = (lines: readonly string[], columns: number): readonly string[] =>
  lines.map((line) => (line === '' ? '' : ' '.repeat(columns) + line));

/** Names of inputs that the stages read. */
function readInputs(stages: Readonly<Record<string, unknown>>, ids: readonly string[]): readonly string[] {
  const names = new Set<string>();
  for (const id of ids) {
    for (const text of textsOf(stages[id])) {
      for (const match of text.matchAll(/(?<![\w.-])inputs\.([A-Za-z_][\w-]*)/g)) names.add(match[1]!);
    }
  }
  return [...names];
}

const textsOf = (value: unknown): readonly string[] =>
  scalarPaths(value).map(({ path }) => String(valueAt(value, path)));

/** Outputs do not cross the border of a pipeline by themselves. */
function refuseReadsAcross(root: unknown, inside: ReadonlySet<string>): void {
  const stages = stagesOf(root, null);
  for (const [id, stage] of Object.entries(stages)) {
    for (const text of textsOf(stage)) {
      for (const match of text.matchAll(/(?<![\w.-])needs\.([A-Za-z_][\w-]*)/g)) {
        const read = match[1]!;
        if (!Object.hasOwn(stages, read) || inside.has(read) === inside.has(id)) continue;
        throw new EditRefused(
          `${id} reads needs.${read}, which would stand on the other side of the new pipeline.`,
        );
      }
    }
  }
}
