import type { ValuePath } from '../source-map.ts';
import { valueAt } from '../source-map.ts';
import { mappingOf } from '../raw-stages.ts';
import { copyStages } from './copy-stages.ts';
import { removedPath } from './field-edits.ts';
import { pastedNames } from './operation-edits.ts';
import type { Operation, YamlValue } from './operation.ts';
import { stagePath, stagesOf } from './stage-paths.ts';
import { readYamlSource, valueOf, type YamlSource } from './yaml-source.ts';

/**
 * Operations that take one back, for `applyOperations` on the text that it left. The values are those of before, always.
 * The text is, too, byte by byte, where what is written anew was written as we write it: what was added, renamed, moved or
 * connected goes without a trace; what was removed comes back in the file's style, at the place where such a key goes and
 * without the comments of a field (stages keep theirs), and templates and pipelines are dissolved into plain values. To take
 * back a change of the text exactly, use `invertTextEdits`.
 * @param text the file before the operation, which can be made on it
 * @throws EditRefused when the text is no YAML
 */
export function invertOperation(text: string, operation: Operation): readonly Operation[] {
  const source = readYamlSource(text);
  const root = valueOf(source);
  switch (operation.type) {
    case 'add-stage':
      return withoutStages(root, operation.scope, [operation.id]);
    case 'insert-between':
      return [
        restored(root, [...stagePath(operation.scope, operation.target), 'needs']),
        { type: 'delete-stages', scope: operation.scope, ids: [operation.id], heal: false },
      ];
    case 'delete-stages':
      return withStages(source, root, operation.scope, operation.ids);
    case 'rename-stage':
      return [{ ...operation, id: operation.to, to: operation.id }];
    case 'duplicate-stages':
      return withoutStages(root, operation.scope, Object.values(operation.ids));
    case 'paste-stages':
      return withoutStages(root, operation.scope, Object.values(pastedNames(root, operation)));
    case 'move-stage':
      return movedBack(root, operation.scope, [operation.id]);
    case 'move-stages':
      return movedBack(root, operation.scope, operation.ids);
    case 'connect':
    case 'disconnect':
      return [restored(root, [...stagePath(operation.scope, operation.target), 'needs'])];
    case 'set-field':
      return [
        restored(root, operation.value === undefined ? removedPath(root, operation.path) : operation.path),
      ];
    case 'rename-key':
      return [
        {
          type: 'rename-key',
          path: [...operation.path.slice(0, -1), operation.to],
          to: String(operation.path.at(-1)),
        },
      ];
    case 'insert-item': {
      const list = valueAt(root, operation.path);
      if (!Array.isArray(list) || list.length === 0) return [restored(root, operation.path)];
      const index = operation.index < 0 ? list.length : operation.index;
      return [{ type: 'set-field', path: [...operation.path, index], value: undefined }];
    }
    case 'move-item':
      return [{ ...operation, from: operation.to, to: operation.from }];
    case 'extract-template': {
      const stages = operation.ids.map((id) => restored(root, stagePath(operation.scope, id)));
      return [...stages, restored(root, ['templates', operation.template])];
    }
    case 'extract-pipeline':
      return [restored(root, ['stages']), restored(root, ['pipelines', operation.pipeline])];
  }
}

/** Gives a place the value that it had, or takes away what was made on the way to it. */
function restored(root: unknown, path: ValuePath): Operation {
  const depth = path.findIndex((_, index) => valueAt(root, path.slice(0, index + 1)) === undefined);
  if (depth < 0) return { type: 'set-field', path, value: valueAt(root, path) as YamlValue };
  const holder = path.slice(0, depth);
  const present = valueAt(root, holder);
  const isKeyed = typeof present === 'object' && present !== null && Object.keys(present).length > 0;
  const isAdded = depth === 0 || (isKeyed && !Array.isArray(present));
  if (isAdded) return { type: 'set-field', path: path.slice(0, depth + 1), value: undefined };
  return { type: 'set-field', path: holder, value: present as YamlValue };
}

/** Takes added stages away, with the list of stages where they were the first of it. */
function withoutStages(root: unknown, scope: string | null, ids: readonly string[]): readonly Operation[] {
  const isFirst = Object.keys(stagesOf(root, scope)).length === 0;
  if (isFirst) return [restored(root, stagePath(scope, ids[0]!))];
  return [{ type: 'delete-stages', scope, ids, heal: false }];
}

/** Brings deleted stages back to their places, and the needs of the others. */
function withStages(
  source: YamlSource,
  root: unknown,
  scope: string | null,
  ids: readonly string[],
): readonly Operation[] {
  const stages = stagesOf(root, scope);
  const order = Object.keys(stages);
  const gone = order.filter((id) => ids.includes(id));
  const pasted: Operation = { type: 'paste-stages', scope, text: copyStages(source, scope, gone) };
  const needs = order.flatMap((id): readonly Operation[] => {
    const value = mappingOf(stages[id])['needs'];
    const names = Array.isArray(value) ? (value as unknown[]) : [value];
    const isChanged = !gone.includes(id) && names.some((need) => gone.includes(String(need)));
    return isChanged ? [restored(root, [...stagePath(scope, id), 'needs'])] : [];
  });
  return [pasted, ...movedBack(root, scope, gone), ...needs];
}

/** From the last on, each stands before what it stood before. */
function movedBack(root: unknown, scope: string | null, ids: readonly string[]): readonly Operation[] {
  const order = Object.keys(stagesOf(root, scope));
  return order
    .filter((id) => ids.includes(id))
    .reverse()
    .map((id) => ({ type: 'move-stage', scope, id, before: order[order.indexOf(id) + 1] ?? null }));
}
