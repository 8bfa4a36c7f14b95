import { copyStagesFrom } from '#shared/pipeline/edits/copy-stages.ts';
import type { PipelineDocument } from '../document/document-store.ts';
import { edit, listWords, shownStages, takenIds, type Outcome } from './stage-edits.ts';

/** The text of stages, for the clipboard; null where the file cannot be read or the stages are not in it. */
export function copiedText(document: PipelineDocument, ids: readonly string[]): string | null {
  const { editor, scope, broken } = document.getState();
  const own = new Set(
    shownStages(document.getState()).flatMap((stage) => (stage.isIncluded ? [] : stage.id)),
  );
  const copied = ids.filter((id) => own.has(id));
  if (broken !== null || copied.length === 0) return null;
  return copyStagesFrom(editor.doc.toString(), scope, copied);
}

/** Puts copied stages behind the selected one, and selects them. */
export async function pasteStages(document: PipelineDocument, text: string): Promise<Outcome> {
  const before = document.getState();
  const taken = takenIds(before);
  const after = before.selection.stages.findLast((id) => taken.has(id));
  const operation = {
    type: 'paste-stages',
    scope: before.scope,
    text: withoutStagesKey(text),
    ...(after === undefined ? {} : { after }),
  } as const;
  const outcome = await edit(document, [operation], 'Paste stages', 'Pasted');
  if (!outcome.ok) return outcome;
  const pasted = await newStages(document, taken, before.version);
  document.actions.select(pasted, 'canvas');
  return { ok: true, said: `Pasted ${listWords(pasted)}`, ids: pasted };
}

/** What was copied out of the text view may begin with the key above it. */
function withoutStagesKey(text: string): string {
  const match = /^stages:[ \t]*\r?\n([ \t]+)/.exec(text);
  if (match === null) return text;
  const lines = text.slice(text.indexOf('\n') + 1).split('\n');
  return lines.map((line) => (line.startsWith(match[1]!) ? line.slice(match[1]!.length) : line)).join('\n');
}

/** The stages that the next version of the text has and `taken` did not; none while it cannot be read. */
function newStages(
  document: PipelineDocument,
  taken: ReadonlySet<string>,
  version: number,
): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const state = document.getState();
      const isKnown = state.analysis !== null && state.analysis.version > version;
      if (isKnown) resolve([...takenIds(state)].filter((id) => !taken.has(id)));
      else if (state.broken !== null) resolve([]);
      return isKnown || state.broken !== null;
    };
    if (look()) return;
    const end = document.subscribe(() => {
      if (look()) end();
    });
  });
}
