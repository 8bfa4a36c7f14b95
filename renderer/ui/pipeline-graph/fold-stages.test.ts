import { describe, expect, it } from 'vitest';
import { matrix, plan, planned } from '#renderer/features/runs/run-fixture.ts';
import { foldStages, groupIdOf, nodeOf } from './fold-stages.ts';

const values = (count: number) => Array.from({ length: count }, (_, index) => ({ node: 20 + index }));
const pipeline = (legs: number) =>
  plan([planned('install'), ...matrix('unit', values(legs), ['install']), planned('pack', ['unit'])]);

describe('foldStages', () => {
  it('draws a matrix of many legs as one node in their place', () => {
    const stages = foldStages(pipeline(4).stages, new Map());
    expect(stages.map(({ id, needs }) => [id, needs])).toEqual([
      ['install', []],
      ['unit', ['install']],
      ['pack', ['unit']],
    ]);
    expect(stages[1]!.group).toMatchObject({ isFolded: true });
    expect(stages[1]!.group!.legs).toHaveLength(4);
  });

  it('draws a small matrix as its legs and the node where they come together', () => {
    expect(foldStages(pipeline(2).stages, new Map()).map(({ id, needs }) => [id, needs])).toEqual([
      ['install', []],
      ['unit[node=20]', ['install']],
      ['unit[node=21]', ['install']],
      ['unit', ['unit[node=20]', 'unit[node=21]']],
      ['pack', ['unit']],
    ]);
  });

  it('does what was chosen, whatever the number of legs', () => {
    expect(foldStages(pipeline(4).stages, new Map([['unit', false]]))).toHaveLength(7);
    expect(foldStages(pipeline(2).stages, new Map([['unit', true]]))).toHaveLength(3);
  });

  it('draws a matrix whose legs are not known yet as one node behind what it needs', () => {
    const dynamic = planned('unit', ['install'], {
      kind: 'matrix',
      matrix: { failFast: true, maxParallel: null, legs: null, template: null },
    });
    expect(foldStages([planned('install'), dynamic], new Map())[1]).toMatchObject({
      needs: ['install'],
      group: { legs: [] },
    });
  });

  it('leads a line to a leg to the node that it is folded into', () => {
    const folded = [...matrix('unit', values(4)), planned('docs', ['unit[node=20]'])];
    const stages = foldStages(folded, new Map());
    expect(stages.at(-1)!.needs).toEqual(['unit']);
    expect(nodeOf(folded, stages, 'unit[node=20]')).toBe('unit');
    expect(nodeOf(folded, stages, 'docs')).toBe('docs');
  });
});

describe('a called pipeline', () => {
  const inner = [planned('ship/a', ['build']), ...matrix('ship/b', values(2), ['ship/a'])];
  const ids = inner.map(({ id }) => id);
  const stages = [
    planned('build'),
    ...inner,
    planned('ship', ids, {
      kind: 'pipeline',
      matrix: { failFast: false, maxParallel: null, legs: ids, template: null },
    }),
    planned('tell', ['ship']),
  ];

  it('is one node when it is folded, with what it holds hidden, however deep', () => {
    const drawn = foldStages(stages, new Map([['ship', true]]));
    expect(drawn.map(({ id, needs }) => [id, needs])).toEqual([
      ['build', []],
      ['ship', ['build']],
      ['tell', ['ship']],
    ]);
    expect(nodeOf(stages, drawn, 'ship/b[node=20]')).toBe('ship');
  });

  it('is its stages when it is unfolded, of which each leads back to it', () => {
    const drawn = foldStages(stages, new Map([['ship', false]]));
    expect(drawn).toHaveLength(stages.length);
    expect(groupIdOf(stages, stages[1]!)).toBe('ship');
    expect(groupIdOf(stages, stages[0]!)).toBe(null);
  });
});
