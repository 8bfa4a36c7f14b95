import { applyOperations } from './apply-operations.ts';
import type { Operation, OperationResult } from './operation.ts';

/**
 * Makes an operation on the text of a pipeline file, with the fewest edits. Everything it does not concern stays as it is.
 * @returns one sentence where it cannot be done; the text is untouched then
 */
export function applyOperation(text: string, operation: Operation): OperationResult {
  const result = applyOperations(text, [operation]);
  return result.ok ? { ok: true, edits: result.edits, text: result.text } : result;
}
