import { describe, expect, it } from 'vitest';
import { LogViewport } from './log-viewport.ts';

/** Without an element the viewport has no height, which is enough to see where it stands. */
function createViewport(lineCount: number): LogViewport {
  const viewport = new LogViewport(18);
  viewport.setLineCount(lineCount);
  return viewport;
}

describe('LogViewport', () => {
  it('draws nothing of an empty log', () => {
    expect(createViewport(0).frame()).toMatchObject({ firstLine: 1, lastLine: 0, offsetPx: 0 });
  });

  it('draws a few lines around those in sight', () => {
    const viewport = createViewport(2_000_000);
    viewport.reveal(1_000_000);
    expect(viewport.frame()).toMatchObject({ firstLine: 999_988, topLine: 1_000_000, lastLine: 1_000_012 });
  });

  it('keeps the end in sight while it follows, until a line is looked for', () => {
    const viewport = createViewport(10);
    viewport.follow(true);
    viewport.setLineCount(5_000);
    expect(viewport.frame().bottomLine).toBe(5_000);
    viewport.reveal(7);
    viewport.setLineCount(6_000);
    expect(viewport.frame()).toMatchObject({ topLine: 7, isFollowing: false });
  });

  it('keeps the line at the top when lines above turn out to be taller', () => {
    const viewport = createViewport(1_000);
    viewport.reveal(500);
    const before = viewport.frame().offsetPx;
    viewport.measured([
      [490, 3],
      [495, 2],
    ]);
    expect(viewport.frame().topLine).toBe(500);
    expect(viewport.frame().offsetPx).toBe(before);
  });

  it('tells listeners only when there is something else to draw', () => {
    const viewport = createViewport(100);
    let told = 0;
    viewport.subscribe(() => {
      told += 1;
    });
    viewport.measured([[3, 1]]);
    viewport.setLineCount(100);
    expect(told).toBe(0);
    viewport.reveal(60);
    expect(told).toBe(1);
  });
});
