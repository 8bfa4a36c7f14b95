import { describe, expect, it } from 'vitest';
import { connectProblem, stageGraph } from './stage-graph.ts';

const chain = (length: number) =>
  stageGraph(Array.from({ length }, (_, at) => ({ id: `s${at}`, needs: at === 0 ? [] : [`s${at - 1}`] })));

describe('stageGraph', () => {
  it('has an edge per need that is there, once', () => {
    const graph = stageGraph([
      { id: 'a', needs: [] },
      { id: 'b', needs: ['a', 'a', 'gone'] },
    ]);
    expect(graph.edges).toEqual([{ source: 'a', target: 'b' }]);
    expect(graph.dependents.get('a')).toEqual(['b']);
  });
});

describe('connectProblem', () => {
  it('is nothing where the needs stay without a circle', () => {
    expect(connectProblem(chain(4), { source: 's0', target: 's3' })).toBeNull();
  });

  it('tells the whole circle that an edge would close', () => {
    expect(connectProblem(chain(3), { source: 's2', target: 's0' })).toBe(
      's0 needs s2 needs s1 needs s0: that would be a circle.',
    );
  });

  it('tells a long circle by its ends', () => {
    const problem = connectProblem(chain(40), { source: 's39', target: 's0' });
    expect(problem).toBe(
      's0 needs s39 needs s38 needs s37 needs … needs s1 needs s0: that would be a circle.',
    );
  });

  it('knows a stage itself, and a need that is there already', () => {
    expect(connectProblem(chain(2), { source: 's1', target: 's1' })).toBe('A stage cannot need itself.');
    expect(connectProblem(chain(2), { source: 's0', target: 's1' })).toBe('s1 needs s0 already.');
  });
});
