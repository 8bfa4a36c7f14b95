import path from 'node:path';
import { expect, test, type AppFixture } from './app-fixture.ts';
import { camera, type Shoot } from './camera.ts';
import { createGate } from './gate.ts';
import type { Page } from '@playwright/test';

const BROKEN = `name: Broken
stages:
  install: { run: npm ci, neds: [] }
  build: { needs: [instal], run: npm run build }
`;

for (const theme of ['light', 'dark'] as const) {
  test(`every screen can be shown in the ${theme} theme at both sizes`, async ({ page, app }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const shoot = camera(page, theme);
    await expect(page.getByRole('heading', { name: 'Open a project to begin' })).toBeVisible();
    await shoot('projects-first-start');
    await shootSample(page, app, shoot);
    await shootFailing(page, shoot);
    await shootRunning(page, app, shoot);
    await shootProjects(page, app, shoot);
    await shootRest(page, shoot);
  });
}

async function shootSample(page: Page, app: AppFixture, shoot: Shoot): Promise<void> {
  await app.trySample();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('option', { name: 'smoke, Succeeded' })).toBeVisible();
  await shoot('run-graph');
  await page.getByRole('option', { name: 'unit, Succeeded' }).click();
  await expect(page.getByRole('complementary', { name: 'Stage unit' })).toContainText('coverage report');
  await shoot('run-stage');
  await page.getByRole('tab', { name: 'Waterfall' }).click();
  await shoot('run-waterfall');
  await page.getByRole('tab', { name: /Tests/ }).click();
  await expect(page.getByRole('tabpanel')).toContainText('unit');
  await shoot('run-tests');
  await page.getByRole('tab', { name: /Artifacts/ }).click();
  for (const [file, text] of [
    ['RELEASE_NOTES.md', 'parcel-quote 1.4.0'],
    ['build.json', 'json'],
    ['prices.svg', 'svg'],
    ['index.html', 'html'],
  ] as const) {
    await page.getByRole('treeitem', { name: file }).click();
    await expect(page.getByRole('tabpanel')).toContainText(text);
    await shoot(`run-artifact-${path.extname(file).slice(1)}`);
  }
  await page.getByRole('tab', { name: 'Summary' }).click();
  await shoot('run-summary');
  await page.getByRole('tab', { name: 'Graph' }).click();
  await page.keyboard.press('l');
  await expect(page.getByRole('searchbox', { name: 'Search the log' })).toBeVisible();
  await shoot('log');
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('parcel');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('search').getByRole('status')).toHaveText(/of \d/);
  await shoot('log-search');
}

async function shootFailing(page: Page, shoot: Shoot): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('run tariff');
  await shoot('palette');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('option', { name: 'unit, Failed' })).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('button', { name: 'Rerun failed' })).toBeVisible();
  await shoot('run-failed');
  await page.getByRole('tab', { name: /Tests/ }).click();
  await expect(page.getByRole('tabpanel')).toContainText('unit');
  await shoot('run-tests-failed');
}

async function shootRunning(page: Page, app: AppFixture, shoot: Shoot): Promise<void> {
  const gate = createGate(app.served.dir, 'live');
  await app.openFolder(
    await app.project('web-shop', {
      'pipewright.yml': `name: Release
inputs:
  version: { type: string, required: true, description: The version to ship }
  target: { type: choice, options: [staging, production], default: staging }
  dry-run: { type: boolean, default: true, description: Says what it would do and changes nothing }
stages:
  install: { run: echo installed }
  lint: { needs: [install], run: echo clean }
  unit: { needs: [install], run: "${gate.wait}" }
  package: { needs: [lint, unit], run: echo packed, timeout: 5m }
`,
      '.pipewright/broken.yml': BROKEN,
    }),
  );
  await app.pressRun();
  await page.getByRole('dialog').getByLabel('version').fill('1.2.3');
  await shoot('run-form');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: 'unit, Running' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'lint, Succeeded' })).toBeVisible();
  await page.getByRole('button', { name: '1 running' }).click();
  await shoot('run-live');
  await page.keyboard.press('Escape');
  await gate.open();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible();
}

async function shootProjects(page: Page, app: AppFixture, shoot: Shoot): Promise<void> {
  await page.getByRole('link', { name: 'Projects', exact: true }).click();
  await expect(page.getByRole('row', { name: /web-shop/ })).toBeVisible();
  await shoot('projects');
  await page.keyboard.press('Control+o');
  await page.getByRole('combobox', { name: 'Folder' }).press('ArrowDown');
  await expect(page.getByRole('option').first()).toBeVisible();
  await shoot('folder-chooser');
  await page.keyboard.press('Escape');
  await page.getByRole('row', { name: /sample-project/ }).click();
  await expect(page.getByRole('row', { name: /Parcel quote #1/ })).toBeVisible();
  await shoot('project');
  await page.getByRole('row', { name: /Parcel quote pipewright.yml/ }).click();
  // The editor has a spec of its own.
  await expect(page.getByRole('option', { name: /^smoke,/ })).toBeVisible();
  await shoot('pipeline');
  await app.openFolder(path.join(app.served.dir, 'web-shop'));
  await page.getByRole('row', { name: /Broken/ }).click();
  await expect(page.getByRole('region', { name: 'Issues' })).toBeVisible();
  await shoot('pipeline-broken');
  await app.openFolder(await app.project('empty', { 'readme.md': '' }));
  await expect(page.getByRole('heading', { name: 'This folder has no pipeline yet' })).toBeVisible();
  await shoot('project-empty');
}

async function shootRest(page: Page, shoot: Shoot): Promise<void> {
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  await expect(page.getByRole('row', { name: /Release #1/ })).toBeVisible();
  await shoot('runs');
  await page.getByRole('link', { name: 'Settings' }).click();
  for (const [section, region, shows] of [
    ['Notifications', 'Mail server', 'Send a test to'],
    ['Storage', 'Data folder', 'Artifacts'],
    ['This machine', 'This machine', 'git'],
  ] as const) {
    await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: section }).click();
    await expect(page.getByRole('region', { name: region })).toContainText(shows);
    await shoot(`settings-${section.toLowerCase().replace(' ', '-')}`);
  }
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await shoot('keys');
}
