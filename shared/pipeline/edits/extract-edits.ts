import { valueAt } from '../source-map.ts';
import { listOf, mappingOf } from '../raw-stages.ts';
import { fieldEdits } from './field-edits.ts';
import { replaceNeeds, requireStage } from './needs-edits.ts';
import type { Operation, YamlValue } from './operation.ts';
import { sameValue } from './same-value.ts';
import { scalarPaths } from './scalar-paths.ts';
import { needsOf, stagePath, stagesOf } from './stage-paths.ts';
import type { YamlEdit } from './yaml-edit.ts';
import { EditRefused } from './yaml-source.ts';

type Of<Type extends Operation['type']> = Extract<Operation, { type: Type }>;

/** What makes a stage this one and no other. */
const OWN_KEYS: ReadonlySet<string> = new Set(['name', 'needs', 'extends']);

/** Moves what stages have in common into a template. */
export function extractTemplate(
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
  if (Object.hasOwn(mappingOf(mappingOf(root)['templates']), template)) {
    throw new EditRefused(`There is a template ${template} already.`);
  }
  const keys = new Set(shared.map(([key]) => key));
  const made = fieldEdits(root, ['templates', template], Object.fromEntries(shared) as YamlValue);
  const changed = ids.map((id): YamlEdit => {
    const stage = mappingOf(stagesOf(root, scope)[id]);
    const before = listOf(stage['extends']).map(String);
    const rest = Object.entries(stage).filter(([key]) => !keys.has(key) && key !== 'extends');
    const name = before.length === 0 ? template : [...before, template];
    const value = Object.fromEntries([['extends', name], ...rest]) as YamlValue;
    return { type: 'set', path: stagePath(scope, id), value };
  });
  return [...made, ...changed];
}

/** Moves stages into a pipeline of the file, and puts a stage that calls it in their place. */
export function extractPipeline(root: unknown, operation: Of<'extract-pipeline'>): readonly YamlEdit[] {
  const { ids, pipeline, stage } = operation;
  const inside = new Set(ids);
  const stages = stagesOf(root, null);
  for (const id of ids) requireStage(root, null, id);
  if (Object.hasOwn(mappingOf(mappingOf(root)['pipelines']), pipeline)) {
    throw new EditRefused(`There is a pipeline ${pipeline} already.`);
  }
  if (Object.hasOwn(stages, stage) && !inside.has(stage))
    throw new EditRefused(`There is a stage ${stage} already.`);
  refuseReadsAcross(root, inside);
  const outside = [...new Set(ids.flatMap((id) => needsOf(stages, id)).filter((need) => !inside.has(need)))];
  const moved = ids.map((id): readonly [string, YamlValue] => [
    id,
    withoutNeeds(mappingOf(stages[id]), outside),
  ]);
  const inputs = readInputs(stages, ids);
  const declared = Object.fromEntries(
    inputs.map((name) => [name, valueAt(root, ['inputs', name]) as YamlValue]),
  );
  const called: YamlValue = {
    ...(inputs.length === 0 ? {} : { inputs: declared }),
    stages: Object.fromEntries(moved),
  };
  const caller: YamlValue = {
    ...(outside.length === 0 ? {} : { needs: outside }),
    pipeline,
    ...(inputs.length === 0
      ? {}
      : { with: Object.fromEntries(inputs.map((name) => [name, `\${{ inputs.${name} }}`])) }),
  };
  const value = Object.fromEntries(
    Object.entries(stages).flatMap(([id, each]): readonly (readonly [string, YamlValue])[] => {
      if (id === ids[0]) return [[stage, caller]];
      return inside.has(id) ? [] : [[id, each as YamlValue]];
    }),
  );
  const needs = replaceNeeds(root, null, (need) => [inside.has(need) ? stage : need], inside);
  const changedNeeds = needs.reduce<YamlValue>((done, edit) => withNeeds(done, edit), value);
  return [
    ...fieldEdits(root, ['pipelines', pipeline], called),
    { type: 'set', path: ['stages'], value: changedNeeds },
  ];
}

/** The value of all stages with one edit of a stage's needs made. */
function withNeeds(stages: YamlValue, edit: YamlEdit): YamlValue {
  if (edit.type !== 'set' || typeof stages !== 'object' || stages === null || Array.isArray(stages))
    return stages;
  const [, id, key] = edit.path;
  if (typeof id !== 'string' || key !== 'needs') return stages;
  const before = stages as { readonly [key: string]: YamlValue };
  return { ...before, [id]: { ...(before[id] as object), needs: edit.value } };
}

function withoutNeeds(stage: Readonly<Record<string, unknown>>, outside: readonly string[]): YamlValue {
  const needs = listOf(stage['needs']).filter((need) => !outside.includes(String(need)));
  const rest = Object.entries(stage).filter(([key]) => key !== 'needs');
  return (needs.length === 0 ? Object.fromEntries(rest) : { ...stage, needs }) as YamlValue;
}

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
