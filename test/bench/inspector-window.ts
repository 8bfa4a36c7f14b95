import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { createHost } from '#main/host/create-host.ts';
import { serve } from '#main/host/http/serve.ts';
import { CHROMIUM_ARGS, findChromium } from '#test/support/chromium.ts';
import { type Figure, median, rounded } from './figure.ts';
import { recordFrames } from './frames.ts';
import { storeLargeRun } from './large-reports.ts';

const RENDERER = path.resolve(import.meta.dirname, '../../out/renderer');
const ROUNDS = 5;
const SCROLLED_FRAMES = 150;
/** Pixels a frame: 250 rows a second. */
const SCROLL_STEP = 120;

/** The window's inspectors with very much to show: how long a tab takes to its first rows, and the frames of a list that is scrolled. */
export async function benchInspectorWindow(): Promise<Figure[]> {
  const executablePath = findChromium();
  if (executablePath === null) {
    console.error('The inspectors in the window were not measured: no Chromium was found.');
    return [];
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-bench-'));
  const projectDir = path.join(folder, 'project');
  mkdirSync(projectDir);
  const host = await createHost({ dataDir: path.join(folder, 'data'), mode: 'browser' });
  const server = await serve(host, { port: 0, rendererDir: RENDERER });
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  try {
    const runs = [0, 1].map((index) => storeLargeRun(host.store, projectDir, index));
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole('navigation').first().waitFor();
    const run = `${new URL(server.url).origin}/#/run/${runs[1]?.runId}`;
    return [
      await opened(page, run, { tab: 'Coverage', list: 'Files', limit: 500 }),
      await opened(page, run, { tab: 'Tests', list: 'Tests', limit: 3_000 }),
      await opened(page, run, { tab: 'Findings', list: 'Findings', limit: 3_000 }),
      ...(await scrolled(page, run)),
    ];
  } finally {
    await browser.close();
    await server.close();
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Opening {
  readonly tab: string;
  /** The name of the list on it. */
  readonly list: string;
  readonly limit: number;
}

/** From the click on a tab to the frame with the list's first rows, each time on a page that is new. */
async function opened(page: Page, run: string, { tab, list, limit }: Opening): Promise<Figure> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.goto('about:blank');
    await page.goto(`${run}?tab=waterfall`);
    await page.getByRole('tab', { name: tab }).waitFor();
    // The window reads the code of its tabs when it is idle, which it is before somebody clicks.
    await page.waitForLoadState('networkidle');
    times.push(
      await page.evaluate(
        async ([name, label]) => {
          const tabs = [...document.querySelectorAll<HTMLElement>('[role=tab]')];
          const button = tabs.find(({ textContent }) => textContent.startsWith(name));
          if (button === undefined) throw new Error(`There is no tab ${name}.`);
          const begin = performance.now();
          // Tabs open as the pointer goes down.
          button.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0 }));
          const rows = `[role=grid][aria-label="${label}"] [data-index]`;
          while (document.querySelector(rows) === null) await new Promise(requestAnimationFrame);
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
          return performance.now() - begin;
        },
        [tab, list] as const,
      ),
    );
  }
  const name = `inspector-window.open-${tab.toLowerCase()}`;
  return { name, value: rounded(median(times)), unit: 'ms', limit };
}

/** Frames while the list of all tests moves on with every frame; the idle page is the baseline. */
async function scrolled(page: Page, run: string): Promise<Figure[]> {
  await page.goto('about:blank');
  await page.goto(`${run}?tab=tests`);
  await page.getByRole('radio', { name: /^All \d/ }).click();
  await page
    .getByRole('row', { name: /weighs parcel number/ })
    .first()
    .waitFor();
  const idle = await recordFrames(page, () => page.waitForTimeout(1_000));
  const busy = await recordFrames(page, () =>
    page.evaluate(
      async ([frames, step]) => {
        const list = document.querySelector('[role=grid][aria-label=Tests]');
        if (list === null) throw new Error('There is no list of tests.');
        for (let frame = 0; frame < frames; frame += 1) {
          list.scrollBy(0, step);
          await new Promise(requestAnimationFrame);
        }
      },
      [SCROLLED_FRAMES, SCROLL_STEP] as const,
    ),
  );
  const name = 'inspector-window.scroll-100,000-tests-frame';
  const unit = 'ms';
  return [
    {
      name: `${name}-median`,
      ...{ value: rounded(busy.median), unit, baseline: rounded(idle.median) },
      ...{ ratio: rounded(busy.median / idle.median), limit: 1.2 },
    },
    // One frame at 60 a second, and what clocks are off by.
    { name: `${name}-p95`, value: rounded(busy.p95), unit, limit: 17.5 },
  ];
}
