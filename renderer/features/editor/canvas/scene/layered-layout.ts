import { boundsOf, CARD, GAP, type Point } from './sizes.ts';
import { stageGraph, type Connected, type StageGraph } from './stage-graph.ts';

const SWEEPS = 4;
const COLUMN = CARD.width + GAP.x;
const ROW = CARD.height + GAP.y;

/**
 * Columns from left to right by needs, for graphs that are too large for a finer layout: each stage one column behind the
 * last that it needs, near in height to what it is connected to, columns that are too tall in several parts. Costs about
 * as much as it takes to read the edges a few times. Circles are broken where the file closes them.
 */
export function layeredLayout(stages: readonly Connected[]): ReadonlyMap<string, Point> {
  const graph = stageGraph(stages);
  const depths = depthsOf(graph);
  const columns: string[][] = [];
  for (const [id, depth] of depths) (columns[depth] ??= []).push(id);
  order(columns, graph);
  return place(columns, graph);
}

/** The longest way of needs before each stage, in the order of the file. */
function depthsOf({ stages, dependents }: StageGraph): ReadonlyMap<string, number> {
  const missing = new Map<string, number>();
  for (const { id, needs } of stages.values()) {
    missing.set(id, new Set(needs.filter((need) => stages.has(need))).size);
  }
  const found = new Map<string, number>();
  const depth = new Map([...stages.keys()].map((id) => [id, 0]));
  const queue = [...missing].filter(([, count]) => count === 0).map(([id]) => id);
  const rest = stages.keys();
  for (let index = 0; found.size < stages.size; index += 1) {
    const id = queue[index] ?? nextOf(rest, found);
    if (queue[index] === undefined) queue.push(id);
    if (found.has(id)) continue;
    found.set(id, depth.get(id)!);
    for (const next of dependents.get(id) ?? []) {
      depth.set(next, Math.max(depth.get(next)!, depth.get(id)! + 1));
      missing.set(next, missing.get(next)! - 1);
      if (missing.get(next) === 0) queue.push(next);
    }
  }
  return new Map([...stages.keys()].map((id) => [id, found.get(id)!]));
}

function nextOf(ids: MapIterator<string>, found: ReadonlyMap<string, number>): string {
  for (const id of ids) if (!found.has(id)) return id;
  throw new Error('A layout went on after its last stage');
}

/** Sorts each column by where the neighbours of its stages stand, forwards and back. */
function order(columns: readonly string[][], { stages, dependents }: StageGraph): void {
  const rank = new Map<string, number>();
  for (const column of columns) column.forEach((id, index) => rank.set(id, index / column.length));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const forwards = sweep % 2 === 0;
    for (const column of forwards ? columns : columns.toReversed()) {
      const means = new Map(
        column.map((id) => {
          const around = forwards ? stages.get(id)!.needs : (dependents.get(id) ?? []);
          return [id, mean(around.flatMap((other) => rank.get(other) ?? [])) ?? rank.get(id)!];
        }),
      );
      column.sort((a, b) => means.get(a)! - means.get(b)!);
      column.forEach((id, index) => rank.set(id, index / column.length));
    }
  }
}

function place(columns: readonly string[][], { stages }: StageGraph): ReadonlyMap<string, Point> {
  const places = new Map<string, Point>();
  const count = columns.reduce((sum, { length }) => sum + length, 0);
  const tallest = Math.max(24, Math.ceil(Math.sqrt((count * COLUMN) / ROW)));
  let x = 0;
  for (const column of columns) {
    const parts = Math.ceil(column.length / tallest);
    const height = Math.ceil(column.length / parts);
    for (let start = 0; start < column.length; start += height) {
      const part = column.slice(start, start + height);
      const wanted = part.map((id) =>
        mean(stages.get(id)!.needs.flatMap((need) => places.get(need)?.y ?? [])),
      );
      const middle = mean(wanted.filter((y) => y !== null)) ?? 0;
      const heights = spread(wanted.map((y) => y ?? middle));
      part.forEach((id, index) => places.set(id, { x, y: heights[index]! }));
      x += COLUMN;
    }
  }
  const top = boundsOf(places.values())?.top ?? 0;
  return new Map([...places].map(([id, at]) => [id, { x: at.x, y: Math.round(at.y - top) }]));
}

/**
 * Heights in the same order, at least a row apart and all in all as near to the wanted ones as can be: neighbours that are
 * too close become one block, which stands at its mean.
 */
function spread(wanted: readonly number[]): readonly number[] {
  const blocks: { sum: number; size: number }[] = [];
  wanted.forEach((height, index) => {
    let block = { sum: height - index * ROW, size: 1 };
    for (let before = blocks.at(-1); before !== undefined; before = blocks.at(-1)) {
      if (before.sum / before.size <= block.sum / block.size) break;
      blocks.pop();
      block = { sum: before.sum + block.sum, size: before.size + block.size };
    }
    blocks.push(block);
  });
  const starts = blocks.flatMap(({ sum, size }) => Array.from({ length: size }, () => sum / size));
  return starts.map((start, index) => start + index * ROW);
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
