import { describe, expect, it } from 'vitest';
import { stageGraph } from '../scene/stage-graph.ts';
import { arrange, NO_PLACES } from './arrange.ts';

const layout = {
  places: new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 256, y: 0 }],
  ]),
  routes: new Map([
    [
      'a\nb',
      {
        points: [
          { x: 200, y: 32 },
          { x: 230, y: 40 },
          { x: 256, y: 32 },
        ],
      },
    ],
  ]),
};
const pair = stageGraph([
  { id: 'a', needs: [] },
  { id: 'b', needs: ['a'] },
]);

describe('arrange', () => {
  it('takes places and routes of the layout', () => {
    const scene = arrange(pair, layout, NO_PLACES);
    expect(scene.places).toEqual(layout.places);
    expect(scene.edges[0]?.points).toHaveLength(3);
  });

  it('draws the edges of a stage that was moved anew', () => {
    const scene = arrange(pair, layout, { b: { x: 400, y: 0 } });
    expect(scene.places.get('b')).toEqual({ x: 400, y: 0 });
    expect(scene.edges[0]?.points).toHaveLength(2);
  });

  it('puts a stage that no layout knows yet behind what it needs', () => {
    const graph = stageGraph([...pair.stages.values(), { id: 'c', needs: ['b'] }, { id: 'd', needs: [] }]);
    const { places } = arrange(graph, layout, NO_PLACES);
    expect(places.get('c')).toEqual({ x: 512, y: 0 });
    expect(places.get('d')?.y).toBeGreaterThan(64);
  });

  it('leaves a stage where it is that has got another name', () => {
    const graph = stageGraph([
      { id: 'a', needs: [] },
      { id: 'built', needs: ['a'] },
    ]);
    expect(arrange(graph, layout, NO_PLACES).places.get('built')).toEqual({ x: 256, y: 0 });
  });

  it('knows no stage that is gone', () => {
    const scene = arrange(stageGraph([{ id: 'a', needs: [] }]), layout, NO_PLACES);
    expect([...scene.places.keys()]).toEqual(['a']);
    expect(scene.edges).toEqual([]);
  });
});
