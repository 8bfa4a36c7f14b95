import { describe, expect, it } from 'vitest';
import { plan, stage } from '#test/support/plans.ts';
import { chunkedGet } from '../lib/chunked.ts';
import { runIdOf, stageIdOf } from '../lib/ids.ts';
import { decide } from './decide.ts';
import type { RunEvent, RunEventBody } from './events.ts';
import { SUCCEEDED } from './outcome.ts';
import { foldRun, reduceRun } from './reduce-run.ts';
import { RUN_TRANSITIONS, STAGE_STATUSES, STAGE_TRANSITIONS, isFinalStageStatus } from './status.ts';

const a = stageIdOf('a');
const twoStages = plan([stage('a'), stage('b', { needs: ['a'] })]);

const created = (of = twoStages): RunEventBody => ({
  type: 'run-created',
  name: 'Test',
  number: 1,
  projectDir: '/project',
  pipelineFile: 'pipewright.yml',
  plan: of,
  trigger: { type: 'manual' },
  git: null,
  maxParallel: 2,
});

const log = (...bodies: RunEventBody[]): RunEvent[] =>
  bodies.map((body, index) => ({
    ...body,
    runId: runIdOf('r'),
    seq: index + 1,
    at: '2026-01-01T00:00:00.000Z',
  }));

describe('reduceRun', () => {
  it('refuses an event that does not follow', () => {
    const [first, second] = log(created(), { type: 'run-started' });
    const state = reduceRun(null, first!);
    expect(() => reduceRun(state, { ...second!, seq: 3 })).toThrow('Event 3 follows 1');
    expect(() => reduceRun(null, second!)).toThrow('before run-created');
    expect(() => reduceRun(state, first!)).toThrow('must be the first');
  });

  it('refuses a stage that is not in the plan', () => {
    const events = log(created(), { type: 'attempt-started', stage: stageIdOf('z'), attempt: 1 });
    expect(() => foldRun(events)).toThrow('has no stage z');
  });

  it('refuses an illegal transition', () => {
    const finished: RunEventBody = {
      type: 'stage-finished',
      stage: stageIdOf('b'),
      status: 'succeeded',
      outputs: {},
      reason: null,
    };
    expect(() => foldRun(log(created(), { type: 'run-started' }, finished))).toThrow(
      'cannot go from pending to succeeded',
    );
  });

  it('leaves the state that it was given as it was', () => {
    const [first, second] = log(created(), { type: 'attempt-started', stage: a, attempt: 1 });
    const before = reduceRun(null, first!);
    const copy = structuredClone(chunkedGet(before.stages, 0));
    reduceRun(before, second!);
    expect(chunkedGet(before.stages, 0)).toEqual(copy);
  });

  it('puts a stage that was running back when the run is interrupted, and keeps what finished', () => {
    const state = foldRun(
      log(
        created(),
        { type: 'run-started' },
        { type: 'attempt-started', stage: a, attempt: 1 },
        { type: 'attempt-finished', stage: a, attempt: 1, outcome: SUCCEEDED },
        { type: 'stage-finished', stage: a, status: 'succeeded', outputs: { x: '1' }, reason: null },
        { type: 'attempt-started', stage: stageIdOf('b'), attempt: 1 },
        { type: 'run-finished', status: 'interrupted' },
      ),
    );
    expect(chunkedGet(state!.stages, 0)).toMatchObject({ status: 'succeeded', outputs: { x: '1' } });
    expect(chunkedGet(state!.stages, 1)).toMatchObject({ status: 'ready', attempts: [{ number: 1 }] });
  });
});

describe('decide', () => {
  it('starts the stage with the longest remaining path first', () => {
    const state = foldRun(
      log(created(plan([stage('alone'), stage('a'), stage('b', { needs: ['a'] })])), { type: 'run-started' }),
    );
    expect(decide(state!, 1)).toEqual([{ type: 'start-attempt', stage: 'a', attempt: 1, slots: 1 }]);
    expect(decide(state!, 9)).toHaveLength(2);
    expect(decide(state!, 0)).toEqual([]);
  });

  it('has nothing to say about a run that is over', () => {
    const state = foldRun(
      log(created(), { type: 'run-started' }, { type: 'run-finished', status: 'interrupted' }),
    );
    expect(decide(state!, 9)).toEqual([]);
  });
});

describe('the tables of transitions', () => {
  it('let no final status be left', () => {
    for (const status of STAGE_STATUSES) {
      if (isFinalStageStatus(status)) expect(STAGE_TRANSITIONS[status]).toEqual([]);
      else expect(STAGE_TRANSITIONS[status].length).toBeGreaterThan(0);
    }
    expect(RUN_TRANSITIONS.succeeded).toEqual([]);
  });
});
