import { toFailure } from '#renderer/bridge/app-failure.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { PipelineDocument } from './document/document-store.ts';

/**
 * Writes what is not saved; why it could not be written becomes a toast, or the banner over the views.
 * @returns whether the file now has what is here
 */
export async function saveDocument(
  { actions, getState }: PipelineDocument,
  overwrite = false,
): Promise<boolean> {
  await actions.settled();
  if (!getState().isDirty && !overwrite) return true;
  try {
    await actions.save(overwrite);
  } catch (error) {
    if (getState().disk.type === 'same') tell(error);
  }
  return !getState().isDirty;
}

/** Runs something that asks the host, and tells of a refusal. */
export async function attempt(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    tell(error);
  }
}

function tell(error: unknown): void {
  const { message, hint } = toFailure(error);
  showToast({ tone: 'failed', title: message, ...(hint === null ? {} : { body: hint }) });
}
