import { describe, expect, it } from 'vitest';
import { stageIdOf } from '#shared/lib/ids.ts';
import { foldStages, nodeOf, shownState } from './fold-matrix.ts';
import { matrix, plan, planned, ran, runOf } from './run-fixture.ts';

const values = (count: number) => Array.from({ length: count }, (_, index) => ({ node: 20 + index }));
const pipeline = (legs: number) =>
  plan([planned('install'), ...matrix('unit', values(legs), ['install']), planned('pack', ['unit'])]);

describe('foldStages', () => {
  it('draws a matrix of many legs as one node in their place', () => {
    const stages = foldStages(pipeline(4), new Map());
    expect(stages.map(({ id, needs }) => [id, needs])).toEqual([
      ['install', []],
      ['unit', ['install']],
      ['pack', ['unit']],
    ]);
    expect(stages[1]!.group).toMatchObject({ isFolded: true });
    expect(stages[1]!.group!.legs).toHaveLength(4);
  });

  it('draws a small matrix as its legs and the node where they come together', () => {
    expect(foldStages(pipeline(2), new Map()).map(({ id, needs }) => [id, needs])).toEqual([
      ['install', []],
      ['unit[node=20]', ['install']],
      ['unit[node=21]', ['install']],
      ['unit', ['unit[node=20]', 'unit[node=21]']],
      ['pack', ['unit']],
    ]);
  });

  it('does what was chosen, whatever the number of legs', () => {
    expect(foldStages(pipeline(4), new Map([['unit', false]]))).toHaveLength(7);
    expect(foldStages(pipeline(2), new Map([['unit', true]]))).toHaveLength(3);
  });

  it('draws a matrix whose legs are not known yet as one node behind what it needs', () => {
    const dynamic = planned('unit', ['install'], {
      kind: 'matrix',
      matrix: { failFast: true, maxParallel: null, legs: null, template: null },
    });
    expect(foldStages(plan([planned('install'), dynamic]), new Map())[1]).toMatchObject({
      needs: ['install'],
      group: { legs: [] },
    });
  });

  it('leads a line to a leg to the node that it is folded into', () => {
    const folded = plan([...matrix('unit', values(4)), planned('docs', ['unit[node=20]'])]);
    const stages = foldStages(folded, new Map());
    expect(stages.at(-1)!.needs).toEqual(['unit']);
    expect(nodeOf(folded, stages, stageIdOf('unit[node=20]'))).toBe('unit');
    expect(nodeOf(folded, stages, stageIdOf('docs'))).toBe('docs');
  });
});

describe('shownState', () => {
  it('shows a matrix as running once a leg has started, with an object that stays', () => {
    const run = runOf(plan(matrix('unit', values(2))), [
      [{ type: 'attempt-started', stage: 'unit[node=20]', attempt: 1, ms: 5 }],
    ]);
    expect(shownState(run, 0).status).toBe('running');
    expect(shownState(run, 0)).toBe(shownState(run, 0));
  });

  it('shows a matrix that no leg of has started as it is', () => {
    const run = runOf(plan([planned('a'), ...matrix('unit', values(2), ['a'])]), [ran('a', 0, 5)]);
    expect(shownState(run, 1).status).toBe('pending');
  });
});
