import type { Page } from '@playwright/test';
import { recordFrames, type Frames } from './frames.ts';

const STAGES = '[role=listbox][aria-label=Stages]';
const STEPS = 120;
const WORDS = 'the quick brown fox jumps over the lazy dog and then it rests';
/** Between keys, as somebody types who is fast. */
const KEY_MS = 60;

/** Waits until the canvas has drawn stages and has answered a key. */
export async function waitForEditor(page: Page): Promise<void> {
  await page.locator(`${STAGES} [role=option]`).first().waitFor({ timeout: 60_000 });
  await page.locator(STAGES).press('ArrowRight');
  await page.locator(`${STAGES}[aria-activedescendant]`).waitFor();
}

/** @returns milliseconds from the navigation to a canvas that answers */
export async function openEditor(page: Page, url: string): Promise<number> {
  await page.goto('about:blank');
  await page.goto(url);
  await waitForEditor(page);
  return page.evaluate(() => performance.now());
}

/** A key on the canvas. */
export const pressCanvas = (page: Page, key: string): Promise<void> => page.locator(STAGES).press(key);

/** Drags whatever stands in the middle of an element to and fro, a step per frame. */
export async function dragElement(page: Page, selector: string): Promise<Frames> {
  const { x, y } = await middleOf(page, selector);
  await page.mouse.move(x, y);
  await page.mouse.down();
  const frames = await recordFrames(page, () =>
    perFrame(page, (step) => page.mouse.move(x + wave(step) * 160, y + wave(step) * 60)),
  );
  await page.mouse.up();
  return frames;
}

/** Turns the wheel to and fro over the middle of an element, a step per frame. */
export async function panElement(page: Page, selector: string): Promise<Frames> {
  const { x, y } = await middleOf(page, selector);
  await page.mouse.move(x, y);
  return recordFrames(page, () =>
    perFrame(page, (step) => page.mouse.wheel(step < STEPS * 0.75 ? 40 : -60, step % 2 === 0 ? 16 : -12)),
  );
}

/** Types some words into what has the focus. @returns milliseconds from each key to its paint */
export async function typeWords(page: Page): Promise<readonly number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { benchKeys: times });
    const onKey = ({ timeStamp }: KeyboardEvent): void => {
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => {
          times.push(performance.now() - timeStamp);
          painted.port1.close();
        };
        painted.port2.postMessage(null);
      });
    };
    window.addEventListener('keydown', onKey, { capture: true });
  });
  await page.keyboard.type(WORDS, { delay: KEY_MS });
  await page.evaluate(() => new Promise(requestAnimationFrame));
  return page.evaluate(() => (window as unknown as { benchKeys: number[] }).benchKeys);
}

/** Notes how long each layout takes that a page asks its worker for; to be called before the page is loaded. */
export async function watchLayouts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const layouts: number[] = [];
    Object.assign(window, { benchLayouts: layouts });
    window.Worker = class extends Worker {
      #startedAt = 0;

      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (!String(url).includes('layered')) return;
        this.addEventListener('message', () => layouts.push(performance.now() - this.#startedAt));
      }

      override postMessage(message: unknown): void {
        this.#startedAt = performance.now();
        super.postMessage(message);
      }
    };
  });
}

export const layoutsOf = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() => (window as unknown as { benchLayouts: number[] }).benchLayouts);

async function middleOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`${selector} is not in view.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function perFrame(page: Page, act: (step: number) => Promise<void>): Promise<void> {
  for (let step = 0; step < STEPS; step += 1) {
    await act(step);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

const wave = (step: number): number => Math.sin((step / STEPS) * 4 * Math.PI);
