import { describe, expect, it } from 'vitest';
import { foldStages } from '#renderer/ui/pipeline-graph/fold-stages.ts';
import type { SimulatedStage } from '#shared/api/simulation-schemas.ts';
import { forecastsOf } from './forecasts-of.ts';

function stage(
  id: string,
  needs: readonly string[] = [],
  more: Partial<SimulatedStage> = {},
): SimulatedStage {
  return {
    ...{ id, name: id, kind: 'run', needs: [...needs], continueOnError: false, matrix: null, leg: null },
    ...{ verdict: 'runs', reasonCode: 'needs-met', reason: '', notes: [], condition: null, values: [] },
    ...{ expectedMs: null, startsAfterMs: null, isCritical: false },
    ...more,
  };
}

const leg = (n: number, more: Partial<SimulatedStage> = {}): SimulatedStage =>
  stage(`unit[n=${n}]`, ['a'], { leg: { of: 'unit' }, ...more });

const stages = [
  stage('a', [], { expectedMs: 10, startsAfterMs: 0, isCritical: true }),
  leg(1, { verdict: 'skipped', reasonCode: 'condition-false' }),
  leg(2, { expectedMs: 20, startsAfterMs: 10 }),
  leg(3, { expectedMs: 30, startsAfterMs: 15, isCritical: true }),
  stage('unit', ['unit[n=1]', 'unit[n=2]', 'unit[n=3]'], {
    kind: 'matrix',
    matrix: { legs: ['unit[n=1]', 'unit[n=2]', 'unit[n=3]'] },
    isCritical: true,
  }),
  stage('ask', ['a'], { reasonCode: 'approval' }),
  stage('z', ['unit', 'a'], { isCritical: true }),
];

describe('forecasts of a graph', () => {
  it('put a folded matrix into one: its legs, its time, its place on the critical path', () => {
    const forecasts = forecastsOf({ stages }, foldStages(stages, new Map([['unit', true]])));
    expect(forecasts.get('unit')).toEqual({
      verdict: 'runs',
      expectedMs: 35,
      legs: '2 of 3 legs',
      criticalAt: 1,
    });
    expect([...forecasts].map(([id, { criticalAt }]) => [id, criticalAt])).toEqual([
      ['a', 0],
      ['unit', 1],
      ['ask', null],
      ['z', 2],
    ]);
    expect(forecasts.get('ask')?.verdict).toBe('pauses');
  });

  it('show the legs of an unfolded matrix by themselves', () => {
    const forecasts = forecastsOf({ stages }, foldStages(stages, new Map([['unit', false]])));
    expect(forecasts.get('unit[n=1]')?.verdict).toBe('skipped');
    expect(forecasts.get('unit[n=3]')).toMatchObject({ expectedMs: 30, criticalAt: 1 });
    expect(forecasts.get('unit')).toMatchObject({ legs: null, criticalAt: 2 });
    expect(forecasts.get('z')?.criticalAt).toBe(3);
  });
});
