import type { Outcome } from '#shared/run/outcome.ts';

/** Ends the work of a kind from within: its attempt was cancelled or timed out, or a command could not be tried. */
export class StepEnded extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super(`The step has ended: ${outcome.type}`);
    this.name = 'StepEnded';
    this.outcome = outcome;
  }
}
