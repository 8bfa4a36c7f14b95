import { applyOperations } from '#shared/pipeline/edits/apply-operations.ts';
import type { Operation } from '#shared/pipeline/edits/operation.ts';
import type { YamlSource } from '#shared/pipeline/edits/yaml-source.ts';
import type { EditAnswer } from './analysis.ts';

/** Turns operations into edits; what it read of the last text is used again when it is asked about that text. */
export function createEditText(): (text: string, operations: readonly Operation[]) => EditAnswer {
  let known: YamlSource | undefined;
  return (text, operations) => {
    const result = applyOperations(text, operations, known);
    if (!result.ok) return result;
    known = result.source;
    return { ok: true, edits: result.edits };
  };
}
