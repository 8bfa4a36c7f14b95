import type { TextEdit } from '#shared/pipeline/edits/text-edit.ts';
import type { DocumentState } from '../document/document-store.ts';
import type { Problem } from './problems.ts';

/**
 * The comment above a stage that silences an explanation in it; null for what cannot be silenced, is in no stage, or is in
 * one that shares its line with others.
 */
export function ignoreEdit(
  { analysis, editor, version }: Pick<DocumentState, 'analysis' | 'editor' | 'version'>,
  { why, code, stage: id, valuePath }: Problem,
): TextEdit | null {
  if (why === null || analysis?.version !== version) return null;
  const scope = valuePath[0] === 'pipelines' ? valuePath[1] : null;
  const stage = analysis.stages.find((one) => one.id === id && one.scope === scope && !one.isIncluded);
  if (stage === undefined) return null;
  const line = editor.doc.lineAt(Math.min(stage.start, editor.doc.length));
  const indentation = line.text.slice(0, stage.start - line.from);
  if (indentation.trim() !== '') return null;
  return { start: line.from, end: line.from, text: `${indentation}# pipewright-ignore: ${code}\n` };
}
