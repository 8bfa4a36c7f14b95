import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '#test/support/chromium.ts';
import { serve } from '#test/support/serve.ts';
import {
  dragElement,
  layoutsOf,
  openEditor,
  panElement,
  pressCanvas,
  typeWords,
  waitForEditor,
  watchLayouts,
} from './editor-page.ts';
import { type Figure, median, rounded } from './figure.ts';
import { percentile95, recordFrames, type Frames } from './frames.ts';
import { hostApi } from './host-api.ts';

/** Over the frames of an empty page: 20 ms where those take 16.7. */
const FRAME_RATIO = 1.2;
const KEY_MS = 30;
const LONGEST_MS = 200;
/** The better one counts: what else the machine does comes and goes, what the editor does is there each time. */
const ROUNDS = 2;
const OPENINGS = 3;
const WIDTH = 25;
/** For what moves after a key to come to rest. */
const SETTLE_MS = 500;

/** What an empty page does with the same input on the same machine. */
interface Baseline {
  readonly drag: Frames;
  readonly pan: Frames;
  readonly keyMs: number;
}

/** The editor with large files: how soon it answers, and its frames while one works in it. */
export async function benchEditor(): Promise<Figure[]> {
  const executablePath = findChromium();
  if (executablePath === null) {
    console.error('The editor was not measured: no Chromium was found.');
    return [];
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-bench-'));
  const served = await serve(path.join(folder, 'data'));
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  try {
    const { origin, call } = hostApi(served.url);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const baseline = await measureEmpty(page);
    await watchLayouts(page);
    await page.goto(served.url);
    const rounds: Figure[][] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const addressOf = async (count: number): Promise<string> => {
        const dir = path.join(folder, `${count}-stages-${round}`);
        mkdirSync(dir);
        writeFileSync(path.join(dir, 'pipewright.yml'), pipelineOf(count));
        const { id } = await call('/projects', { dir });
        return `${origin}/#/project/${id}/pipeline/pipewright.yml`;
      };
      rounds.push([
        ...(await benchThousand(page, await addressOf(1_000), baseline)),
        ...(await benchTenThousand(page, origin, await addressOf(10_000), baseline)),
      ]);
    }
    return betterOf(rounds);
  } finally {
    await browser.close();
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function betterOf([first = [], ...others]: readonly Figure[][]): Figure[] {
  return first.map((figure) =>
    others
      .flatMap((round) => round.filter(({ name }) => name === figure.name))
      .reduce((best, other) => (other.value < best.value ? other : best), figure),
  );
}

async function measureEmpty(page: Page): Promise<Baseline> {
  await page.setContent('<textarea style="width: 90vw; height: 90vh"></textarea>');
  await page.locator('textarea').focus();
  const keyMs = percentile95(await typeWords(page));
  return { keyMs, pan: await panElement(page, 'textarea'), drag: await dragElement(page, 'textarea') };
}

async function benchThousand(page: Page, url: string, baseline: Baseline): Promise<Figure[]> {
  const opened: number[] = [];
  for (let count = 0; count < OPENINGS; count += 1) opened.push(await openEditor(page, url));
  const pan = await panElement(page, '.react-flow');
  await pressCanvas(page, 'f');
  const panPicture = await panElement(page, '.react-flow');
  await openEditor(page, url);
  const drag = await dragElement(page, '[role=option]');
  const before = (await layoutsOf(page)).length;
  const relaid = await recordFrames(page, async () => {
    await pressCanvas(page, 'Control+d');
    await page.waitForFunction(
      (count) => (window as unknown as { benchLayouts: number[] }).benchLayouts.length > count,
      before,
    );
    await page.waitForTimeout(SETTLE_MS);
  });
  const layouts = await layoutsOf(page);
  await openEditor(page, url);
  const keyMs = percentile95(await typeInText(page));
  return [
    { name: 'editor.open-1000', value: rounded(median(opened)), unit: 'ms', limit: 1_500 },
    framesFigure('editor.drag-frame-p95-1000', drag.p95, baseline.drag.p95, FRAME_RATIO),
    framesFigure('editor.pan-frame-p95-1000', pan.p95, baseline.pan.p95, FRAME_RATIO),
    framesFigure('editor.pan-whole-frame-p95-1000', panPicture.p95, baseline.pan.p95, FRAME_RATIO),
    {
      name: 'editor.key-to-paint-p95-1000',
      value: rounded(keyMs),
      unit: 'ms',
      baseline: rounded(baseline.keyMs),
      limit: KEY_MS,
    },
    { name: 'editor.layout-1000', value: rounded(Math.max(...layouts)), unit: 'ms', limit: 1_000 },
    longestFigure('editor.longest-frame-while-1000-are-laid-out', relaid.longest, baseline),
  ];
}

/** The first stage of the file is changed, by which all others move; ends when its problem is marked. */
async function typeInText(page: Page): Promise<readonly number[]> {
  await page.getByRole('radio', { name: 'Text' }).click();
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.type(' ');
  const times = await typeWords(page);
  await page.keyboard.press('Enter');
  await page.keyboard.type('neds: nothing');
  await page.locator('.cm-lint-marker').first().waitFor();
  return times;
}

async function benchTenThousand(
  page: Page,
  origin: string,
  url: string,
  baseline: Baseline,
): Promise<Figure[]> {
  await page.goto('about:blank');
  await page.goto(`${origin}/#/projects`);
  await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor();
  const opened = await recordFrames(page, async () => {
    await page.evaluate((hash) => location.assign(hash), new URL(url).hash);
    await waitForEditor(page);
  });
  const pan = await panElement(page, '.react-flow');
  const searched = await recordFrames(page, async () => {
    await pressCanvas(page, '/');
    await page.keyboard.type('stage-9876', { delay: 60 });
    await page
      .getByRole('option', { name: /stage-9876/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[aria-activedescendant$="stage-9876"]').waitFor();
  });
  const fitted = await recordFrames(page, async () => {
    await pressCanvas(page, 'f');
    await page.waitForTimeout(SETTLE_MS);
  });
  const whole = await panElement(page, '.react-flow');
  const panned = Math.max(pan.longest, fitted.longest, whole.longest);
  return [
    longestFigure('editor.longest-frame-opening-10000', opened.longest, baseline),
    longestFigure('editor.longest-frame-panning-10000', panned, baseline),
    longestFigure('editor.longest-frame-searching-10000', searched.longest, baseline),
    framesFigure('editor.pan-frame-p95-10000', pan.p95, baseline.pan.p95),
  ];
}

function framesFigure(name: string, value: number, baseline: number, limit?: number): Figure {
  const figure = { name, value: rounded(value), unit: 'ms', baseline: rounded(baseline) };
  const ratio = rounded(value / baseline);
  return limit === undefined ? { ...figure, ratio } : { ...figure, ratio, limit };
}

const longestFigure = (name: string, value: number, { pan }: Baseline): Figure => ({
  name,
  value: rounded(value),
  unit: 'ms',
  baseline: rounded(pan.longest),
  limit: LONGEST_MS,
});

/** Rows of stages, each needing the one to its left and every third one more. */
function pipelineOf(count: number): string {
  const stages = Array.from({ length: count }, (_, index) => {
    const left = index >= WIDTH ? [`stage-${index - WIDTH}`] : [];
    const above = index > WIDTH && index % 3 === 0 ? [`stage-${index - WIDTH - 1}`] : [];
    const needs = [...left, ...above];
    return [
      `  stage-${index}:`,
      `    run: echo ${index}`,
      ...(needs.length > 0 ? [`    needs: [${needs.join(', ')}]`] : []),
      '    timeout: 5m',
    ].join('\n');
  });
  return `name: Many stages\nstages:\n${stages.join('\n')}\n`;
}
