import type { ValuePath } from '../source-map.ts';
import { valueAt } from '../source-map.ts';
import { listOf, mappingOf, stageSetsOf } from '../raw-stages.ts';
import { replaceNeeds } from './needs-edits.ts';
import { type ExpressionName, renameInExpressions } from './rename-in-expressions.ts';
import { scalarPaths } from './scalar-paths.ts';
import type { YamlEdit } from './yaml-edit.ts';
import { EditRefused } from './yaml-source.ts';

/** Renames a key; what others name (a stage, a template, a pipeline, an input) also there. */
export function renameEdits(root: unknown, path: ValuePath, to: string): readonly YamlEdit[] {
  const from = String(path.at(-1));
  if (from === to) return [];
  const holder = path.slice(0, -1);
  if (Object.hasOwn(mappingOf(valueAt(root, holder)), to)) {
    throw new EditRefused(`There is a ${holder.at(-1) === 'stages' ? 'stage ' : ''}${to} already.`);
  }
  const rename: YamlEdit = { type: 'rename', path, to };
  if (holder.at(-1) === 'stages' && (holder.length === 1 || holder.length === 3)) {
    const scope = holder.length === 1 ? null : String(holder[1]);
    // Expressions first: their paths are those before the stage has its new name.
    const name = { context: 'needs', from, to };
    return [...expressionEdits(root, scope, name), ...renameNeeds(root, scope, from, to), rename];
  }
  const pipeline = holder.length === 3 && holder[0] === 'pipelines' ? String(holder[1]) : null;
  if (holder.at(-1) === 'inputs' && (holder.length === 1 || pipeline !== null)) {
    const given = pipeline === null ? [] : renameGiven(root, pipeline, from, to);
    return [...expressionEdits(root, pipeline, { context: 'inputs', from, to }), ...given, rename];
  }
  if (holder.length === 1 && (holder[0] === 'vars' || holder[0] === 'state')) {
    const scopes = [null, ...Object.keys(mappingOf(mappingOf(root)['pipelines']))];
    const name = { context: holder[0], from, to };
    return [...scopes.flatMap((scope) => expressionEdits(root, scope, name)), rename];
  }
  if (holder.length === 1 && holder[0] === 'pipelines') return [...renameCalls(root, from, to), rename];
  if (holder.length === 1 && holder[0] === 'templates') return [...renameTemplate(root, from, to), rename];
  return [rename];
}

function renameNeeds(root: unknown, scope: string | null, from: string, to: string): readonly YamlEdit[] {
  return replaceNeeds(root, scope, (need) => [need === from ? to : need], new Set());
}

function expressionEdits(root: unknown, scope: string | null, name: ExpressionName): readonly YamlEdit[] {
  const places =
    scope === null
      ? Object.entries(mappingOf(root))
          .filter(([key]) => key !== 'pipelines')
          .flatMap(([key, value]) => scalarPaths(value, [key]))
      : scalarPaths(valueAt(root, ['pipelines', scope]), ['pipelines', scope]);
  return places.flatMap(({ path, isBare }): readonly YamlEdit[] => {
    const text = valueAt(root, path) as string;
    if (renameInExpressions(text, name, isBare) === text) return [];
    return [
      {
        type: 'rewrite',
        path,
        rewrite: (scalar, quote) => renameInExpressions(scalar, name, isBare, quote),
      },
    ];
  });
}

function renameTemplate(root: unknown, from: string, to: string): readonly YamlEdit[] {
  const holders: ValuePath[] = [
    ...Object.keys(mappingOf(mappingOf(root)['templates'])).map((id) => ['templates', id]),
    ...stageSetsOf(root).flatMap(({ path, stages }) => Object.keys(stages).map((id) => [...path, id])),
  ];
  return holders.flatMap((holder): readonly YamlEdit[] => {
    const path = [...holder, 'extends'];
    const value = valueAt(root, path);
    const names = listOf(value);
    if (!names.includes(from)) return [];
    const renamed = names.map((name) => (name === from ? to : String(name)));
    return [{ type: 'set', path, value: Array.isArray(value) ? renamed : to }];
  });
}

/** The stages of the file that call one of its pipelines. */
const callersOf = (root: unknown, pipeline: string): readonly ValuePath[] =>
  stageSetsOf(root).flatMap(({ path, stages }) =>
    Object.keys(stages)
      .filter((id) => mappingOf(stages[id])['pipeline'] === pipeline)
      .map((id) => [...path, id]),
  );

const renameCalls = (root: unknown, from: string, to: string): readonly YamlEdit[] =>
  callersOf(root, from).map((path) => ({ type: 'set', path: [...path, 'pipeline'], value: to }));

/** An input of a pipeline, where its callers hand it over. */
const renameGiven = (root: unknown, pipeline: string, from: string, to: string): readonly YamlEdit[] =>
  callersOf(root, pipeline)
    .map((path) => [...path, 'with', from])
    .filter((path) => valueAt(root, path) !== undefined)
    .map((path) => ({ type: 'rename', path, to }));
