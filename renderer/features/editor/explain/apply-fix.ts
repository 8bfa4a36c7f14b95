import type { Operation } from '#shared/pipeline/edits/operation.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { PipelineDocument } from '../document/document-store.ts';
import { notedChange } from '../document/editor-state.ts';
import { ignoreEdit } from './ignore-problem.ts';
import type { Problem } from './problems.ts';

/** Makes a change that mends something; why it could not be made becomes a toast. */
export async function applyFix(
  { actions }: PipelineDocument,
  operations: readonly Operation[],
  title: string,
): Promise<void> {
  const answer = await actions.apply(operations, title);
  if (!answer.ok) showToast({ title: 'Not changed', body: answer.reason, tone: 'failed' });
}

/** Writes the comment that silences an explanation in its stage. */
export function ignoreProblem(document: PipelineDocument, problem: Problem): void {
  const state = document.getState();
  const edit = ignoreEdit(state, problem);
  if (edit === null) return;
  const label = `Ignore ${problem.code} in ${problem.stage ?? 'the file'}`;
  document.actions.dispatch(notedChange([edit], { label, stages: state.selection.stages }));
}
