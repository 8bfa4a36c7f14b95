import { describe, expect, it } from 'vitest';
import { Scene } from './scene.ts';
import { viewOf, type CanvasView } from './view-level.ts';

const size = { width: 1_000, height: 600 };
const NOWHERE: CanvasView = { level: 'cards', region: { left: 0, top: 0, right: 0, bottom: 0 } };
const grid = (count: number): Scene =>
  new Scene(
    new Map(
      Array.from({ length: count }, (_, at) => [
        `s${at}`,
        { x: (at % 25) * 256, y: Math.floor(at / 25) * 80 },
      ]),
    ),
    [],
  );

describe('viewOf', () => {
  it('is the same object while a small move brings nothing new into view', () => {
    const scene = grid(50);
    const first = viewOf(scene, { x: -10, y: -10, zoom: 1 }, size, NOWHERE);
    expect(viewOf(scene, { x: -14, y: -13, zoom: 1 }, size, first)).toBe(first);
    expect(viewOf(scene, { x: -900, y: 0, zoom: 1 }, size, first)).not.toBe(first);
  });

  it('holds all that is in view', () => {
    const { region } = viewOf(grid(50), { x: -700, y: 90, zoom: 0.5 }, size, NOWHERE);
    expect(region.left).toBeLessThanOrEqual(1_400);
    expect(region.right).toBeGreaterThanOrEqual(3_400);
    expect(region.top).toBeLessThanOrEqual(-180);
    expect(region.bottom).toBeGreaterThanOrEqual(1_020);
  });

  it('has larger names from afar, and is a picture where they could not be read or are very many', () => {
    expect(viewOf(grid(50), { x: 0, y: 0, zoom: 0.3 }, size, NOWHERE).level).toBe('picture');
    expect(viewOf(grid(50), { x: 0, y: 0, zoom: 0.45 }, size, NOWHERE).level).toBe('names');
    expect(viewOf(grid(50), { x: 0, y: 0, zoom: 0.75 }, size, NOWHERE).level).toBe('cards');
    const crowd = new Scene(new Map(Array.from({ length: 400 }, (_, at) => [`s${at}`, { x: at, y: 0 }])), []);
    expect(viewOf(crowd, { x: 0, y: 0, zoom: 1 }, size, NOWHERE).level).toBe('picture');
  });
});
