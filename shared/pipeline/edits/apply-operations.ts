import type { ValuePath } from '../source-map.ts';
import { valueAt } from '../source-map.ts';
import { editSource } from './checked-edit.ts';
import { composeTextEdits } from './compose-edits.ts';
import type { Operation } from './operation.ts';
import { operationEdits } from './operation-edits.ts';
import type { TextEdit } from './text-edit.ts';
import { EditRefused, readYamlSource, valueOf, type YamlSource } from './yaml-source.ts';

/** What operations come to, or one sentence that says why they cannot be done. */
export type OperationsResult =
  | {
      readonly ok: true;
      /** Of the first text, in the order of their places. */
      readonly edits: readonly TextEdit[];
      readonly text: string;
      /** The text as it was read: give it to the next call, which need not read it again. */
      readonly source: YamlSource;
    }
  | { readonly ok: false; readonly reason: string };

/**
 * Makes operations on the text of a pipeline file, each on what the one before left: its paths are those of then. All or
 * none: where one is refused the text is untouched.
 * @param known what an earlier call read; used when it is of this text
 */
export function applyOperations(
  text: string,
  operations: readonly Operation[],
  known?: YamlSource,
): OperationsResult {
  try {
    let source = known?.text === text ? known : readYamlSource(text);
    let edits: readonly TextEdit[] = [];
    for (let done = 0; done < operations.length;) {
      const run = operations.slice(done, done + countTogether(source, operations, done));
      const result = editSource(source, (root) => run.flatMap((each) => operationEdits(source, root, each)));
      edits = edits.length === 0 ? result.edits : composeTextEdits(text, edits, result.edits);
      source = result.source;
      done += run.length;
    }
    return { ok: true, edits, text: source.text, source };
  } catch (error) {
    if (error instanceof EditRefused) return { ok: false, reason: error.message };
    throw error;
  }
}

/** How many operations from one on can be made at once: fields that are there, none inside of another, get new values. */
function countTogether(source: YamlSource, operations: readonly Operation[], from: number): number {
  if (operations[from]?.type !== 'set-field' || operations[from + 1]?.type !== 'set-field') return 1;
  const root = valueOf(source);
  const paths: ValuePath[] = [];
  for (const operation of operations.slice(from)) {
    if (operation.type !== 'set-field' || operation.value === undefined) break;
    const { path } = operation;
    if (
      valueAt(root, path) === undefined ||
      paths.some((other) => isInside(path, other) || isInside(other, path))
    )
      break;
    paths.push(path);
  }
  return Math.max(1, paths.length);
}

const isInside = (path: ValuePath, around: ValuePath): boolean =>
  around.every((step, index) => step === path[index]);
