import { isAlias } from 'yaml';
import { applyToValue } from './apply-to-value.ts';
import { find } from './locate.ts';
import { sameValue } from './same-value.ts';
import { applyTextEdits, type TextEdit } from './text-edit.ts';
import { planEdits, type YamlEdit } from './yaml-edit.ts';
import { EditRefused, readYamlSource, valueOf, type YamlSource } from './yaml-source.ts';

/** A text after changes, read already, so that the next change need not read it again. */
export interface EditedSource {
  /** In the order of their places, of the text before. */
  readonly edits: readonly TextEdit[];
  readonly source: YamlSource;
}

/**
 * Makes changes of a YAML text, all or none, and reads the result: it means what was asked for, or nothing is changed.
 * @param plan the changes, from the plain value of the file
 * @throws EditRefused when it cannot be done
 */
export function editSource(source: YamlSource, plan: (root: unknown) => readonly YamlEdit[]): EditedSource {
  // What stands below may become part of a literal: then the text is written in quotes.
  for (const literals of [true, false]) {
    const root = valueOf(source);
    const changes = plan(root);
    const styled = literals ? source : { ...source, style: { ...source.style, literals } };
    const edits = planEdits(styled, changes);
    if (edits.length === 0 && changes.length === 0) return { edits, source };
    const expected = changes.reduce<unknown>(
      (value, edit) => applyToValue(value, edit, isAliasAt(source, edit)),
      root,
    );
    const after = readResult(applyTextEdits(source.text, edits));
    if (after !== null && sameValue(expected, after.value)) return { edits, source: after.source };
    if (!edits.some(({ text }) => text.includes('|'))) break;
  }
  throw new EditRefused('The file is written there in a way that can only be changed in the text.');
}

function isAliasAt(source: YamlSource, edit: YamlEdit): boolean {
  return edit.type === 'set' && edit.path.length > 0 && isAlias(find(source, edit.path)?.value);
}

/** Null where the text is no YAML. */
function readResult(text: string): { readonly source: YamlSource; readonly value: unknown } | null {
  try {
    const source = readYamlSource(text);
    return { source, value: valueOf(source) };
  } catch (error) {
    if (error instanceof EditRefused) return null;
    throw error;
  }
}
