import type { RunEvent } from './events.ts';
import type { AttemptState, StageState, StepState } from './run-state.ts';
import { withUsage } from './usage.ts';

type AttemptEvent = Extract<
  RunEvent,
  {
    type:
      | 'attempt-started'
      | 'attempt-paused'
      | 'attempt-continued'
      | 'step-started'
      | 'step-finished'
      | 'attempt-finished'
      | 'artifact-stored'
      | 'report-stored'
      | 'issue-raised'
      | 'summary-written'
      | 'cache-restored'
      | 'attempt-usage'
      | 'stage-progress';
  }
>;

/** Folds what happens inside one attempt into its stage. The caller sets the stage's status. */
export function reduceAttempt(stage: StageState, event: AttemptEvent): StageState {
  switch (event.type) {
    case 'attempt-started': {
      if (event.attempt !== stage.attempts.length + 1) {
        throw new Error(`Attempt ${event.attempt} of ${stage.id} follows ${stage.attempts.length}`);
      }
      const attempt: AttemptState = {
        number: event.attempt,
        startedAt: event.at,
        finishedAt: null,
        outcome: null,
        steps: [],
      };
      // What an earlier attempt left is in its events; the stage shows what counts, which is the last.
      return {
        ...stage,
        attempts: [...stage.attempts, attempt],
        artifacts: [],
        reports: [],
        issues: [],
        summary: null,
        caches: [],
        queuedFor: null,
      };
    }
    case 'attempt-paused': {
      const { at, outcome } = event;
      return withAttempt(stage, event.attempt, (attempt) => ({ ...attempt, paused: { at, outcome } }));
    }
    case 'attempt-continued':
      return withAttempt(stage, event.attempt, withoutPause);
    case 'step-started':
      return withAttempt(stage, event.attempt, (attempt) => ({
        ...attempt,
        steps: [...attempt.steps, { id: event.step, startedAt: event.at, finishedAt: null, outcome: null }],
      }));
    case 'step-finished':
      return withAttempt(stage, event.attempt, (attempt) => ({
        ...attempt,
        steps: attempt.steps.map((step): StepState =>
          step.id === event.step ? { ...step, finishedAt: event.at, outcome: event.outcome } : step,
        ),
      }));
    case 'stage-progress': {
      const { done, total, label, step } = event;
      const progress = { done, total, label, ...(step !== undefined && { step }) };
      return withAttempt(stage, event.attempt, (attempt) => ({ ...attempt, progress }));
    }
    case 'attempt-usage': {
      const { usage, at } = event;
      return withAttempt(stage, event.attempt, (attempt) => ({
        ...attempt,
        usage: withUsage(attempt.usage, usage, Date.parse(at) - Date.parse(attempt.startedAt)),
      }));
    }
    case 'attempt-finished':
      return withAttempt(stage, event.attempt, (attempt) => ({
        ...withoutPause(attempt),
        finishedAt: event.at,
        outcome: event.outcome,
        steps: attempt.steps.map((step) =>
          step.outcome === null ? { ...step, finishedAt: event.at, outcome: event.outcome } : step,
        ),
      }));
    case 'artifact-stored':
      return { ...stage, artifacts: [...stage.artifacts, event.artifact] };
    case 'report-stored':
      return { ...stage, reports: [...stage.reports, event.report] };
    case 'issue-raised':
      return { ...stage, issues: [...stage.issues, event.issue] };
    case 'cache-restored': {
      const { key, matchedKey, sizeBytes } = event;
      return { ...stage, caches: [...stage.caches, { key, matchedKey, sizeBytes }] };
    }
    case 'summary-written':
      return { ...stage, summary: event.markdown };
  }
}

function withoutPause(attempt: AttemptState): AttemptState {
  const { paused, ...rest } = attempt;
  return paused === undefined ? attempt : rest;
}

function withAttempt(
  stage: StageState,
  number: number,
  change: (attempt: AttemptState) => AttemptState,
): StageState {
  const attempt = stage.attempts[number - 1];
  if (!attempt) throw new Error(`Stage ${stage.id} has no attempt ${number}`);
  const attempts = stage.attempts.slice();
  attempts[number - 1] = change(attempt);
  return { ...stage, attempts };
}
