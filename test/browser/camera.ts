import path from 'node:path';
import type { Page } from '@playwright/test';

const FOLDER = path.resolve(import.meta.dirname, '../../screenshots');
interface Size {
  readonly width: number;
  readonly height: number;
}

export const SMALL: Size = { width: 1280, height: 800 };
const LARGE: Size = { width: 1920, height: 1080 };

export type Theme = 'light' | 'dark';
/** Takes a picture of what is in view, under a name of its own, at each size. */
export type Shoot = (name: string) => Promise<void>;

/** Pictures go to `screenshots/<theme>/<size>`; the page is small between them. */
export function camera(page: Page, theme: Theme, sizes: readonly Size[] = [SMALL, LARGE]): Shoot {
  return async (name) => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.screenshot({
        path: path.join(FOLDER, theme, `${size.width}x${size.height}`, `${name}.png`),
        animations: 'disabled',
      });
    }
    await page.setViewportSize(SMALL);
  };
}
