import type { RunEvent } from '#shared/run/events.ts';
import type { RunState } from '#shared/run/run-state.ts';

/** Shows a run while it runs. */
export interface RunReporter {
  /** @param state the run after this event */
  onEvent(event: RunEvent, state: RunState): void;
  /** Nothing is drawn after it; the cursor is where it should be. Idempotent. */
  close(): void;
}

/** What commands that are shown to people need besides their words. */
export interface ShownCommands {
  /** `--data DIR` with a space before it, or nothing when it is not needed. */
  readonly data: string;
}
