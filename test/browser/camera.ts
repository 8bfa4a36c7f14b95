import path from 'node:path';
import type { Page } from '@playwright/test';

const FOLDER = path.resolve(import.meta.dirname, '../../screenshots');
export const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

export type Theme = 'light' | 'dark';
/** Takes a picture of what is in view, under a name of its own, at each size. */
export type Shoot = (name: string) => Promise<void>;

/** Pictures go to `screenshots/<theme>/<size>`; the page has the first size between them. */
export function camera(page: Page, theme: Theme, sizes: readonly (typeof SIZES)[number][] = SIZES): Shoot {
  return async (name) => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.screenshot({
        path: path.join(FOLDER, theme, `${size.width}x${size.height}`, `${name}.png`),
        animations: 'disabled',
      });
    }
    await page.setViewportSize(SIZES[0]);
  };
}
