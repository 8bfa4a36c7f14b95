import type { Page } from '@playwright/test';
import { median } from './figure.ts';

/** Times between animation frames, in milliseconds. */
export interface Frames {
  readonly median: number;
  readonly p95: number;
  readonly longest: number;
}

/** The animation frames of a page while something goes on. */
export async function recordFrames(page: Page, during: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const recorder = { frames: [] as number[], isOn: true };
    Object.assign(window, { benchFrames: recorder });
    let last = performance.now();
    const tick = (now: number): void => {
      recorder.frames.push(now - last);
      last = now;
      if (recorder.isOn) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await during();
  const frames = await page.evaluate(() => {
    const { benchFrames } = window as unknown as { benchFrames: { frames: number[]; isOn: boolean } };
    benchFrames.isOn = false;
    return benchFrames.frames.slice(1);
  });
  return { median: median(frames), p95: percentile95(frames), longest: Math.max(...frames) };
}

export function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
}
