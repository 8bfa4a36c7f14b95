import type { CanvasGraph } from '../canvas-graph.ts';
import type { CanvasStore } from '../canvas-store.ts';
import type { Scene } from '../scene/scene.ts';
import type { Point } from '../scene/sizes.ts';

const DURATION_MS = 180;
/** More would stutter rather than glide. */
const MOST_GLIDING = 600;

const running = new WeakMap<CanvasStore, () => void>();

/** Shows a new scene; stages that stand elsewhere than before glide there, unless the person wants no motion. */
export function glide(store: CanvasStore, graph: CanvasGraph, scene: Scene): void {
  stopGliding(store);
  const before = store.getState();
  const isSameScope = before.graph.scope === graph.scope;
  const ways = isSameScope ? waysOf(before.moving ?? before.scene.places, before.scene, scene) : [];
  store.setState({ graph, scene, moving: null });
  if (ways.length === 0 || ways.length > MOST_GLIDING) return;
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const start = performance.now();
  let frame = 0;
  const step = (now: number): void => {
    const share = Math.min(1, Math.max(0, (now - start) / DURATION_MS));
    const eased = 1 - (1 - share) ** 3;
    const moving = share === 1 ? null : new Map(ways.map(([id, from, to]) => [id, between(from, to, eased)]));
    store.setState({ moving });
    if (share < 1) frame = requestAnimationFrame(step);
  };
  step(start);
  running.set(store, () => {
    running.delete(store);
    cancelAnimationFrame(frame);
    store.setState({ moving: null });
  });
}

/** Stages that glide stand where they were going at once. */
export function stopGliding(store: CanvasStore): void {
  running.get(store)?.();
}

type Way = readonly [id: string, from: Point, to: Point];

function waysOf(shown: ReadonlyMap<string, Point>, before: Scene, after: Scene): readonly Way[] {
  const ways: Way[] = [];
  for (const [id, to] of after.places) {
    const from = shown.get(id) ?? before.places.get(id);
    if (from !== undefined && (from.x !== to.x || from.y !== to.y)) ways.push([id, from, to]);
  }
  return ways;
}

const between = (from: Point, to: Point, share: number): Point => ({
  x: from.x + (to.x - from.x) * share,
  y: from.y + (to.y - from.y) * share,
});
