import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '#test/support/chromium.ts';
import { serve } from '#test/support/serve.ts';
import { type Figure, median, rounded } from './figure.ts';
import { recordFrames } from './frames.ts';
import { hostApi } from './host-api.ts';

const renderer = path.resolve(import.meta.dirname, '../../out/renderer');
const STAGES = 200;
const IDLE_MS = 2_000;

/** The window as a browser shows it: what it loads, when it paints, and its frames while 200 stages change state. */
export async function benchWindow(): Promise<Figure[]> {
  const executablePath = findChromium();
  if (executablePath === null) {
    console.error('The window was not measured: no Chromium was found.');
    return [];
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-bench-'));
  const project = path.join(folder, 'project');
  mkdirSync(project);
  writeFileSync(path.join(project, 'pipewright.yml'), pipelineOf(STAGES));
  const served = await serve(path.join(folder, 'data'));
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const starts: { paint: number; interactive: number }[] = [];
    for (let round = 0; round < 4; round += 1) {
      const start = await openProjects(page, round === 0 ? served.url : new URL('/', served.url).href);
      if (round > 0) starts.push(start);
    }
    const frames = await watchRun(page, served.url, project);
    return [
      ...bundleFigures(),
      {
        name: 'window.first-paint',
        value: rounded(median(starts.map(({ paint }) => paint))),
        unit: 'ms',
        limit: 1_000,
      },
      {
        name: 'window.projects-interactive',
        value: rounded(median(starts.map(({ interactive }) => interactive))),
        unit: 'ms',
        limit: 1_500,
      },
      ...frames,
    ];
  } finally {
    await browser.close();
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the first screen loads, and everything that can be loaded later. */
function bundleFigures(): Figure[] {
  const html = readFileSync(path.join(renderer, 'index.html'), 'utf8');
  const first = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+\.js)"/g)].map((match) => match[1]!);
  const sizeOf = (file: string): number => statSync(path.join(renderer, file)).size / 1e3;
  const all = readdirSync(path.join(renderer, 'assets')).filter((file) => file.endsWith('.js'));
  return [
    { name: 'window.first-bundle', value: rounded(sum(first.map(sizeOf))), unit: 'kB', limit: 1_000 },
    {
      name: 'window.all-bundles',
      value: rounded(sum(all.map((file) => sizeOf(`assets/${file}`)))),
      unit: 'kB',
    },
  ];
}

async function openProjects(page: Page, url: string): Promise<{ paint: number; interactive: number }> {
  await page.goto('about:blank');
  await page.goto(url);
  await page.getByRole('button', { name: 'Open a folder' }).first().waitFor();
  return page.evaluate(() => ({
    interactive: performance.now(),
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now(),
  }));
}

async function watchRun(page: Page, url: string, dir: string): Promise<Figure[]> {
  const { origin, call } = hostApi(url);
  const project = await call('/projects', { dir });
  const pipeline = { projectId: project.id, file: 'pipewright.yml' };
  await call('/trust/file', pipeline, 'PUT');
  const run = await call('/runs', pipeline);
  await page.goto(`${origin}/#/run/${run.id}`);
  await page.getByText('stage-0', { exact: true }).first().waitFor();
  const busy = await recordFrames(page, async () => {
    await page
      .getByRole('button', { name: /run again/i })
      .first()
      .waitFor({ timeout: 120_000 });
  });
  const idle = await recordFrames(page, () => page.waitForTimeout(IDLE_MS));
  return [
    {
      name: 'window.frame-median-while-200-stages-change',
      value: rounded(busy.median),
      unit: 'ms',
      baseline: rounded(idle.median),
      ratio: rounded(busy.median / idle.median),
      limit: 2,
    },
    {
      name: 'window.frame-p95-while-200-stages-change',
      value: rounded(busy.p95),
      unit: 'ms',
      baseline: rounded(idle.p95),
      ratio: rounded(busy.p95 / idle.p95),
    },
  ];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Twenty rows of ten stages, each a moment long, so that states change all the time. */
function pipelineOf(count: number): string {
  const stages = Array.from({ length: count }, (_, index) => {
    const needs = index >= 20 ? `needs: stage-${index - 20}, ` : '';
    return `  stage-${index}: { ${needs}run: sleep 0.05 }`;
  });
  return `name: Many stages\nworkspace: in-place\nstages:\n${stages.join('\n')}\n`;
}
