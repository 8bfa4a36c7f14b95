import type { RunState } from '#shared/run/run-state.ts';

/** The main thing to do with a run. */
export type WayOn = 'cancel' | 'resume' | 'rerun-failed' | 'again';

/** What a person most likely wants next: the screen's one primary button. */
export function wayOn({ status }: Pick<RunState, 'status'>): WayOn {
  switch (status) {
    case 'queued':
    case 'running':
      return 'cancel';
    case 'interrupted':
      return 'resume';
    case 'failed':
      return 'rerun-failed';
    case 'succeeded':
    case 'cancelled':
      return 'again';
  }
}
