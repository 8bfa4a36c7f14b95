import type { Failure } from '#renderer/bridge/app-failure.ts';
import { showToast } from '#renderer/ui/toast-store.ts';

/** Tells why something that was asked for did not happen; null is no failure. */
export function showFailure(failure: Failure | null): void {
  if (failure === null) return;
  showToast({
    tone: 'failed',
    title: failure.message,
    ...(failure.hint === null ? {} : { body: failure.hint }),
  });
}
