import { describe, expect, it } from 'vitest';
import { stageGraph } from './stage-graph.ts';
import { firstStage, walkNear, walkStages } from './walk-stages.ts';

const graph = stageGraph([
  { id: 'install', needs: [] },
  { id: 'unit', needs: ['install'] },
  { id: 'lint', needs: ['install'] },
  { id: 'pack', needs: ['unit', 'lint'] },
  { id: 'alone', needs: [] },
]);
const places = new Map([
  ['install', { x: 0, y: 40 }],
  ['unit', { x: 256, y: 0 }],
  ['lint', { x: 256, y: 80 }],
  ['pack', { x: 512, y: 60 }],
  ['alone', { x: 0, y: 400 }],
]);

describe('walkStages', () => {
  it('begins at the upper left', () => {
    expect(walkStages(graph, places, null, 'ArrowDown')).toBe('install');
    expect(firstStage(new Map())).toBeNull();
  });

  it('goes along an edge to the end that is nearest in height', () => {
    expect(walkStages(graph, places, 'pack', 'ArrowLeft')).toBe('lint');
    expect(walkStages(graph, places, 'unit', 'ArrowLeft')).toBe('install');
    expect(walkStages(graph, places, 'lint', 'ArrowRight')).toBe('pack');
  });

  it('goes up and down within a column first', () => {
    expect(walkStages(graph, places, 'unit', 'ArrowDown')).toBe('lint');
    expect(walkStages(graph, places, 'lint', 'ArrowUp')).toBe('unit');
  });

  it('goes to the nearest stage where no edge leads that way, and nowhere where there is none', () => {
    expect(walkStages(graph, places, 'alone', 'ArrowRight')).toBe('lint');
    expect(walkStages(graph, places, 'alone', 'ArrowDown')).toBeNull();
    expect(walkStages(graph, places, 'install', 'ArrowLeft')).toBeNull();
  });

  it('reaches every stage of a graph by arrows', () => {
    const seen = new Set<string>();
    const queue = ['install'];
    for (const id of queue) {
      if (seen.has(id)) continue;
      seen.add(id);
      for (const arrow of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const) {
        queue.push(...[walkStages(graph, places, id, arrow)].filter((next) => next !== null));
      }
    }
    expect(seen.size).toBe(places.size);
  });
});

describe('walkNear', () => {
  it('does not look at edges', () => {
    expect(walkNear(places, 'pack', 'ArrowLeft')).toBe('lint');
    expect(walkNear(places, 'gone', 'ArrowLeft')).toBe('install');
  });
});
