import { valueAt } from '../source-map.ts';
import { mappingOf } from '../raw-stages.ts';
import { wayOfNeeds } from '../way-of-needs.ts';
import { copyStages, renameCopies } from './copy-stages.ts';
import { extractPipeline, extractTemplate } from './extract-edits.ts';
import { fieldEdits } from './field-edits.ts';
import { replaceNeeds, requireStage, setNeeds } from './needs-edits.ts';
import type { Operation, YamlValue } from './operation.ts';
import { renameEdits } from './rename-edits.ts';
import { freeId, needsOf, stagePath, stagesOf, stagesPath } from './stage-paths.ts';
import type { YamlEdit } from './yaml-edit.ts';
import { EditRefused, readYamlSource, valueOf, type YamlSource } from './yaml-source.ts';

/** What an operation is in terms of YAML. @param root the plain value of the file @throws EditRefused */
export function operationEdits(source: YamlSource, root: unknown, operation: Operation): readonly YamlEdit[] {
  switch (operation.type) {
    case 'add-stage':
      return addStage(root, operation.scope, operation.id, operation.value, operation.after);
    case 'insert-between':
      return insertBetween(root, operation);
    case 'delete-stages':
      return deleteStages(root, operation);
    case 'rename-stage':
      requireStage(root, operation.scope, operation.id);
      return renameEdits(root, stagePath(operation.scope, operation.id), operation.to);
    case 'duplicate-stages': {
      const { scope, ids } = operation;
      for (const id of Object.keys(ids)) requireStage(root, scope, id);
      const originals = Object.keys(stagesOf(root, scope)).filter((id) => Object.hasOwn(ids, id));
      return pasteCopies(root, scope, copyStages(source, scope, originals), ids, originals.at(-1));
    }
    case 'paste-stages': {
      const names = pastedNames(root, operation);
      return pasteCopies(root, operation.scope, operation.text, names, operation.after);
    }
    case 'move-stage':
      return moveStages(root, operation.scope, [operation.id], operation.before);
    case 'move-stages':
      return moveStages(root, operation.scope, operation.ids, operation.before);
    case 'connect':
      return connect(root, operation);
    case 'disconnect': {
      const needs = needsOf(stagesOf(root, operation.scope), operation.target);
      return setNeeds(
        root,
        operation.scope,
        operation.target,
        needs.filter((need) => need !== operation.source),
      );
    }
    case 'set-field':
      return fieldEdits(root, operation.path, operation.value);
    case 'rename-key':
      return renameEdits(root, operation.path, operation.to);
    case 'insert-item':
      return insertItem(root, operation);
    case 'move-item':
      return operation.from === operation.to ? [] : [{ ...operation, type: 'move' }];
    case 'extract-template':
      return extractTemplate(source, root, operation);
    case 'extract-pipeline':
      return extractPipeline(source, root, operation);
  }
}

type Of<Type extends Operation['type']> = Extract<Operation, { type: Type }>;

function addStage(
  root: unknown,
  scope: string | null,
  id: string,
  value: YamlValue,
  after?: string,
): readonly YamlEdit[] {
  const path = stagesPath(scope);
  const present = valueAt(root, path);
  if (present === undefined) return fieldEdits(root, path, { [id]: value });
  if (Object.hasOwn(mappingOf(present), id)) throw new EditRefused(`There is a stage ${id} already.`);
  const place = after === undefined ? {} : { after };
  return [{ type: 'insert', path, key: id, value, apart: 'unless-seen', ...place }];
}

function insertBetween(
  root: unknown,
  { scope, id, value, source, target }: Of<'insert-between'>,
): readonly YamlEdit[] {
  requireStage(root, scope, source);
  requireStage(root, scope, target);
  const stages = stagesOf(root, scope);
  const needs = needsOf(stages, target).map((need) => (need === source ? id : need));
  const stage = { needs: [source], ...(mappingOf(value) as { readonly [key: string]: YamlValue }) };
  return [...addStage(root, scope, id, stage, source), ...setNeeds(root, scope, target, needs)];
}

function deleteStages(root: unknown, { scope, ids, heal }: Of<'delete-stages'>): readonly YamlEdit[] {
  const gone = new Set(ids);
  const stages = stagesOf(root, scope);
  for (const id of ids) requireStage(root, scope, id);
  const known = new Map<string, readonly string[]>();
  const instead = (need: string): readonly string[] => {
    if (!gone.has(need)) return [need];
    const found = known.get(need);
    if (found !== undefined) return found;
    // In a circle of needs, what is being looked up has none.
    known.set(need, []);
    const further = heal ? [...new Set(needsOf(stages, need).flatMap(instead))] : [];
    known.set(need, further);
    return further;
  };
  const others = replaceNeeds(root, scope, instead, gone);
  if (ids.length === Object.keys(stages).length) return [{ type: 'set', path: stagesPath(scope), value: {} }];
  return [...others, ...ids.map((id): YamlEdit => ({ type: 'remove', path: stagePath(scope, id) }))];
}

function moveStages(
  root: unknown,
  scope: string | null,
  moved: readonly string[],
  before: string | null,
): readonly YamlEdit[] {
  for (const id of before === null ? moved : [...moved, before]) requireStage(root, scope, id);
  const ids = Object.keys(stagesOf(root, scope));
  const isMoved = (id: string): boolean => moved.includes(id);
  // Before one that moves, too, means before the next that stays.
  const anchor = before === null ? undefined : ids.slice(ids.indexOf(before)).find((id) => !isMoved(id));
  const stay = ids.filter((id) => !isMoved(id));
  const at = anchor === undefined ? stay.length : stay.indexOf(anchor);
  const changed = [...stay.slice(0, at), ...ids.filter(isMoved), ...stay.slice(at)];
  const places = new Map(ids.map((id, index) => [id, index]));
  const order = changed.map((id) => places.get(id)!);
  if (order.every((from, to) => from === to)) return [];
  return [{ type: 'reorder', path: stagesPath(scope), order }];
}

function connect(root: unknown, { scope, source, target }: Of<'connect'>): readonly YamlEdit[] {
  requireStage(root, scope, source);
  requireStage(root, scope, target);
  const stages = stagesOf(root, scope);
  const needs = needsOf(stages, target);
  if (needs.includes(source)) throw new EditRefused(`${target} needs ${source} already.`);
  const way = wayOfNeeds((id) => needsOf(stages, id), source, target);
  if (way !== null) {
    const circle =
      source === target
        ? 'A stage cannot need itself.'
        : `${[target, ...way].join(' needs ')} would be a circle.`;
    throw new EditRefused(circle);
  }
  return setNeeds(root, scope, target, [...needs, source]);
}

function insertItem(root: unknown, { path, index, value }: Of<'insert-item'>): readonly YamlEdit[] {
  const present = valueAt(root, path);
  if (present === undefined) return fieldEdits(root, path, [value]);
  if (present !== null && !Array.isArray(present)) {
    // One value alone stands for a list of it.
    const list = index === 0 ? [value, present as YamlValue] : [present as YamlValue, value];
    return [{ type: 'set', path, value: list }];
  }
  return [{ type: 'insert-item', path, index, value }];
}

/** The id that each stage of a copied text gets. @throws EditRefused when the text is no YAML */
export function pastedNames(
  root: unknown,
  { scope, text }: Of<'paste-stages'>,
): Readonly<Record<string, string>> {
  const taken = new Set(Object.keys(stagesOf(root, scope)));
  const names: Record<string, string> = {};
  for (const id of Object.keys(mappingOf(valueOf(readYamlSource(text))))) {
    const name = freeId(taken, id);
    names[id] = name;
    taken.add(name);
  }
  return names;
}

function pasteCopies(
  root: unknown,
  scope: string | null,
  text: string,
  names: Readonly<Record<string, string>>,
  after: string | undefined,
): readonly YamlEdit[] {
  const stages = stagesOf(root, scope);
  const copies = renameCopies(text, names, (need) => Object.hasOwn(stages, need));
  const path = stagesPath(scope);
  if (copies.length === 0) throw new EditRefused('There are no stages in what was copied.');
  if (Object.keys(stages).length === 0) {
    const value = Object.fromEntries(copies.map((copy) => [copy.id, copy.value]));
    return fieldEdits(root, path, value);
  }
  const anchor = after ?? Object.keys(stages).at(-1)!;
  return copies.map(({ id, value, lines }): YamlEdit => {
    if (Object.hasOwn(stages, id)) throw new EditRefused(`There is a stage ${id} already.`);
    return { type: 'insert', path, key: id, value, lines, after: anchor };
  });
}
