import ElkConstructor from 'elkjs/lib/elk.bundled.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NODE_HEIGHT, NODE_WIDTH, shapeKey } from './elk-graph.ts';
import type { GraphStage } from './graph-stage.ts';
import { layoutGraph } from './layout-graph.ts';

const elk = new ElkConstructor();
const stage = (id: string, ...needs: string[]): GraphStage => ({ id, name: id, kind: 'run', needs });

/** Stages that need some of those before them. */
const dags = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 14 })
  .map((all) =>
    all.map((picks, index) =>
      stage(`s${index}`, ...(index === 0 ? [] : new Set(picks.map((pick) => `s${pick % index}`)))),
    ),
  );

describe('layoutGraph', () => {
  it('puts a stage to the right of all that it needs and never one node over another', async () => {
    await fc.assert(
      fc.asyncProperty(dags, async (stages) => {
        const { nodes } = await layoutGraph(elk, stages);
        expect(nodes.size).toBe(stages.length);
        for (const { id, needs } of stages) {
          for (const need of needs) {
            expect(nodes.get(id)!.x).toBeGreaterThanOrEqual(nodes.get(need)!.x + NODE_WIDTH);
          }
        }
        const places = [...nodes.values()];
        for (const [index, a] of places.entries()) {
          for (const b of places.slice(index + 1)) {
            const apart = Math.abs(a.x - b.x) >= NODE_WIDTH || Math.abs(a.y - b.y) >= NODE_HEIGHT;
            expect(apart).toBe(true);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('draws an edge from the right side of a stage to the left side of one that needs it', async () => {
    const { nodes, edges } = await layoutGraph(elk, [stage('a'), stage('b', 'a')]);
    expect(edges).toHaveLength(1);
    const [first, last] = [edges[0]!.points[0]!, edges[0]!.points.at(-1)!];
    expect(first.x).toBe(nodes.get('a')!.x + NODE_WIDTH);
    expect(last.x).toBe(nodes.get('b')!.x);
  });

  it('leaves out needs that name no stage, and needs written twice', async () => {
    const { edges } = await layoutGraph(elk, [stage('a'), stage('b', 'a', 'a', 'gone')]);
    expect(edges.map(({ source, target }) => [source, target])).toEqual([['a', 'b']]);
  });

  it('takes a file whose needs go in a circle', async () => {
    const { nodes } = await layoutGraph(elk, [stage('a', 'b'), stage('b', 'a')]);
    expect(nodes.size).toBe(2);
  });
});

describe('shapeKey', () => {
  it('is the same when only names change, and differs when needs do', () => {
    const before = [stage('a'), stage('b', 'a')];
    expect(shapeKey([{ ...stage('a'), name: 'Other' }, stage('b', 'a')])).toBe(shapeKey(before));
    expect(shapeKey([stage('a'), stage('b')])).not.toBe(shapeKey(before));
  });
});
