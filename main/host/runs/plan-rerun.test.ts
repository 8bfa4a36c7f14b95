import { describe, expect, it } from 'vitest';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import type { Plan, PlannedStage } from '#shared/pipeline/plan.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { createMemoryEngine } from '#test/support/memory-engine.ts';
import { plan, stage } from '#test/support/plans.ts';
import { planRerun, type RerunFrom } from './plan-rerun.ts';

const FAILED: Outcome = { type: 'failed', exitCode: 1, signal: null, message: null };

async function rerunOf(original: Plan, failing: readonly string[], from: RerunFrom) {
  const script = Object.fromEntries(failing.map((id) => [id, { outcomes: [FAILED] }]));
  const { state } = await createMemoryEngine({ script }).run(original);
  const result = planRerun(original, state, from, () => true);
  const ids = result.plan.stages.map(({ id }) => id);
  return { ids, again: ids.filter((id) => !result.reused.has(id)), state };
}

const failed: RerunFrom = { type: 'failed' };
const fromStage = (id: string): RerunFrom => ({ type: 'stage', stage: stageIdOf(id) });

describe('what failed', () => {
  it('runs again with all that needs it, also what had succeeded', async () => {
    const stages = [
      stage('a'),
      stage('bad', { needs: ['a'] }),
      stage('skipped', { needs: ['bad'] }),
      stage('clean', { needs: ['skipped'], condition: 'always()' }),
      stage('other', { needs: ['a'] }),
    ];
    const { again } = await rerunOf(plan(stages), ['bad'], failed);
    expect(again).toEqual(['bad', 'skipped', 'clean']);
  });

  it('is refused when nothing did, also when a condition left something out', async () => {
    const stages = [stage('a'), stage('b', { needs: ['a'], condition: 'false' })];
    await expect(rerunOf(plan(stages), [], failed)).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('one stage', () => {
  it('runs again with what follows, and with what was skipped', async () => {
    const stages = [
      stage('a'),
      stage('b', { needs: ['a'] }),
      stage('c', { needs: ['b'] }),
      stage('d', { condition: 'false' }),
    ];
    const { again } = await rerunOf(plan(stages), [], fromStage('b'));
    expect(again).toEqual(['b', 'c', 'd']);
  });

  it('must be one of the run', async () => {
    await expect(rerunOf(plan([stage('a')]), [], fromStage('x'))).rejects.toMatchObject({
      code: 'stage-not-found',
    });
  });
});

describe('a matrix', () => {
  const leg = (id: string, of: string, needs: readonly string[] = []): PlannedStage =>
    stage(id, { needs, leg: { values: { id }, of: stageIdOf(of) } });
  const settings = { failFast: false, maxParallel: null } as const;

  it('runs only the legs again that failed', async () => {
    const legs = [leg('m1', 'm'), leg('m2', 'm')];
    const ids = legs.map(({ id }) => id);
    const matrix = { ...settings, legs: ids, template: null };
    const stages = [
      stage('m', { kind: 'matrix', needs: ids, steps: [], matrix }),
      ...legs,
      stage('after', { needs: ['m'] }),
    ];
    const { again } = await rerunOf(plan(stages), ['m2'], failed);
    expect(again).toEqual(['m', 'm2', 'after']);
    expect((await rerunOf(plan(stages), [], fromStage('m'))).again).toEqual(['m', 'm1', 'm2', 'after']);
  });

  const dynamic = plan([
    stage('list'),
    stage('m', {
      kind: 'matrix',
      needs: ['list'],
      steps: [],
      matrix: {
        ...settings,
        legs: null,
        template: { definition: { n: "${{ fromJSON('[1,2]') }}" }, leg: stage('m', { needs: ['list'] }) },
      },
    }),
    stage('after', { needs: ['m'] }),
  ]);

  it('that grew keeps its legs when what decides them is reused', async () => {
    const { ids, again, state } = await rerunOf(dynamic, ['after'], failed);
    expect(ids).toEqual(chunkedToArray(state.stages).map(({ id }) => id));
    expect(again).toEqual(['after']);
  });

  it('that grew is expanded again when what decides it runs again', async () => {
    const { ids, again } = await rerunOf(dynamic, [], fromStage('list'));
    expect(ids).toEqual(['list', 'm', 'after']);
    expect(again).toEqual(ids);
  });
});
