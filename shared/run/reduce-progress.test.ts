import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plan, stage } from '#test/support/plans.ts';
import { chunkedGet } from '../lib/chunked.ts';
import { runIdOf, stageIdOf } from '../lib/ids.ts';
import type { RunEvent, RunEventBody } from './events.ts';
import type { Progress } from './progress.ts';
import { foldRun } from './reduce-run.ts';
import type { AttemptState } from './run-state.ts';
import { SUCCEEDED } from './outcome.ts';

const A = stageIdOf('a');

function attemptsAfter(...bodies: readonly RunEventBody[]): readonly AttemptState[] {
  const created: RunEventBody = {
    ...{ type: 'run-created', name: 'Test', number: 1, projectDir: '/project', maxParallel: 2, git: null },
    ...{ pipelineFile: 'pipewright.yml', plan: plan([stage('a')]), trigger: { type: 'manual' } },
  };
  const log = [created, { type: 'run-started' } as const, ...bodies].map((body, index): RunEvent => ({
    ...body,
    runId: runIdOf('r'),
    seq: index + 1,
    at: '2026-01-01T00:00:00.000Z',
  }));
  return chunkedGet(foldRun(log)!.stages, 0).attempts;
}

const started = (attempt: number): RunEventBody => ({ type: 'attempt-started', stage: A, attempt });
const told = (attempt: number, progress: Progress): RunEventBody => ({
  type: 'stage-progress',
  stage: A,
  attempt,
  ...progress,
});

const progress: fc.Arbitrary<Progress> = fc.record(
  {
    done: fc.nat(),
    total: fc.option(fc.integer({ min: 1 })),
    label: fc.option(fc.string()),
    step: fc.record({ number: fc.nat(), count: fc.nat() }),
  },
  { requiredKeys: ['done', 'total', 'label'] },
);

it('keeps of an attempt what it told last, also when it has ended', () => {
  fc.assert(
    fc.property(fc.array(progress, { minLength: 1, maxLength: 20 }), (all) => {
      const [attempt] = attemptsAfter(started(1), ...all.map((one) => told(1, one)), {
        type: 'attempt-finished',
        stage: A,
        attempt: 1,
        outcome: SUCCEEDED,
      });
      expect(attempt?.progress).toEqual(all.at(-1));
    }),
  );
});

it('lets each attempt begin anew', () => {
  const outcome = { type: 'failed', exitCode: 1, signal: null, message: null } as const;
  const attempts = attemptsAfter(
    started(1),
    told(1, { done: 3, total: 10, label: null }),
    { type: 'attempt-finished', stage: A, attempt: 1, outcome },
    { type: 'stage-queued', stage: A, reason: { type: 'retry', until: '', delayMs: 0 } },
    { type: 'stage-released', stage: A },
    started(2),
  );
  expect(attempts.map((attempt) => attempt.progress)).toEqual([
    { done: 3, total: 10, label: null },
    undefined,
  ]);
});

it('refuses progress of an attempt that there is not', () => {
  expect(() => attemptsAfter(told(1, { done: 1, total: null, label: null }))).toThrow('has no attempt 1');
});
