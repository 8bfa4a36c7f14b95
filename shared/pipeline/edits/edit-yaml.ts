import { editSource } from './checked-edit.ts';
import type { OperationResult } from './operation.ts';
import type { YamlEdit } from './yaml-edit.ts';
import { EditRefused, readYamlSource } from './yaml-source.ts';

/**
 * Makes changes of any YAML text, all or none. What they do not concern stays byte by byte as it is, and the result is read
 * again: when it does not mean what was asked for, the answer says that it cannot be done.
 */
export function editYaml(text: string, edits: readonly YamlEdit[]): OperationResult {
  try {
    const result = editSource(readYamlSource(text), () => edits);
    return { ok: true, edits: result.edits, text: result.source.text };
  } catch (error) {
    if (error instanceof EditRefused) return { ok: false, reason: error.message };
    throw error;
  }
}
