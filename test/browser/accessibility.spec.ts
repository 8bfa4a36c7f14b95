import type { Page } from '@playwright/test';
import type { AppFixture } from './app-fixture.ts';
import { type Audit, expect, test } from './accessibility.ts';
import { createGate } from './gate.ts';

const SETTINGS = [
  ['Appearance', 'Theme'],
  ['Notifications', 'Mail server'],
  ['Triggers', 'Webhook endpoint'],
  ['Storage', 'Data folder'],
  ['Telemetry', 'Telemetry'],
  ['This machine', 'This machine'],
  ['Keys', 'Keys'],
  ['About', 'About'],
] as const;

test('a run, its log and its results can be used without sight of colour or a pointer', async ({
  page,
  app,
  audit,
}) => {
  test.setTimeout(120_000);
  await expect(page.getByRole('heading', { name: 'Open a project to begin' })).toBeVisible();
  await audit('projects, none yet');
  await app.trySample();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('option', { name: 'smoke, Succeeded' })).toBeVisible();
  await audit('run');
  await page.getByRole('option', { name: 'unit, Succeeded' }).click();
  await expect(page.getByRole('complementary', { name: 'Stage unit' })).toContainText('coverage report');
  await audit('run with a stage');
  await page.getByRole('tab', { name: 'Waterfall' }).click();
  await audit('waterfall');
  await page.getByRole('tab', { name: /Tests/ }).click();
  await expect(page.getByRole('tabpanel')).toContainText('unit');
  await audit('tests');
  await auditArtifacts(page, audit);
  await page.getByRole('tab', { name: 'Summary' }).click();
  await audit('summary');
  await page.getByRole('tab', { name: 'Graph' }).click();
  await page.keyboard.press('l');
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('parcel');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('search').getByRole('status')).toHaveText(/of \d/);
  await audit('log with a search');
  await page.getByRole('link', { name: 'Projects', exact: true }).click();
  await expect(page.getByRole('row', { name: /sample-project/ })).toBeVisible();
  await audit('projects');
  await page.getByRole('row', { name: /sample-project/ }).click();
  await expect(page.getByRole('row', { name: /Parcel quote #1/ })).toBeVisible();
  await audit('project');
});

async function auditArtifacts(page: Page, audit: Audit): Promise<void> {
  await page.getByRole('tab', { name: /Artifacts/ }).click();
  for (const [file, text] of [
    ['RELEASE_NOTES.md', 'parcel-quote 1.4.0'],
    ['build.json', 'json'],
    ['prices.svg', 'svg'],
    ['index.html', 'html'],
  ] as const) {
    await page.getByRole('treeitem', { name: file }).click();
    await expect(page.getByRole('tabpanel')).toContainText(text);
    await audit(`artifact ${file}`);
  }
}

const RELEASE = (wait: string): string => `name: Release
on: { schedule: "0 3 * * 1-5", watch: ["src/**"] }
inputs:
  version: { type: string, required: true, description: The version to ship }
  target: { type: choice, options: [staging, production], default: staging }
  dry-run: { type: boolean, default: true, description: Says what it would do and changes nothing }
stages:
  install: { run: echo installed, cache: [{ key: lib, paths: [lib] }] }
  unit:
    needs: [install]
    matrix: { node: [20, 22, 24], os: [linux, mac], exclude: [{ node: 20, os: mac }], fail-fast: false }
    run: test "\${{ matrix.node }}" != 24
    continue-on-error: true
    timeout: 10m
  nightly: { needs: [install], if: "git.branch == 'nightly'", run: echo nightly }
  slow: { needs: [install], run: "${wait}" }
  ship: { needs: [unit], approval: { message: "Ship it to production?" } }
  deploy: { needs: [ship, slow], run: echo deployed, secrets: [DEPLOY_TOKEN] }
`;

test('what asks, waits and is set can be used without sight of colour or a pointer', async ({
  page,
  app,
  audit,
}) => {
  test.setTimeout(120_000);
  const gate = createGate(app.served.dir, 'slow');
  const dir = await app.project('release', { 'pipewright.yml': RELEASE(gate.wait) });
  await page.keyboard.press('Control+o');
  await page.getByRole('combobox', { name: 'Folder' }).press('ArrowDown');
  await expect(page.getByRole('option').first()).toBeVisible();
  await audit('folder dialog');
  await page.keyboard.press('Escape');
  await app.openFolder(dir, { trust: false });
  await auditRun(page, app, audit);
  await auditLists(page, audit);
});

async function auditRun(page: Page, app: AppFixture, audit: Audit): Promise<void> {
  await app.pressRun();
  await page.getByRole('dialog').getByLabel('version').fill('1.2.3');
  await audit('run form');
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Run this pipeline for the first time?' });
  await expect(question).toContainText('DEPLOY_TOKEN');
  await audit('trust dialog');
  await question.getByRole('button', { name: 'Trust and run' }).click();
  await page.getByRole('option', { name: 'ship, Waiting for approval' }).click();
  await audit('run that waits');
  await page.getByRole('button', { name: '1 running' }).click();
  await audit('running runs');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Approve' }).click();
  await audit('approve dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('option', { name: /^unit, / }).click();
  await audit('matrix');
  await page.getByTitle('Unfold unit').click();
  await audit('matrix unfolded');
  await page.getByRole('option', { name: 'nightly, Skipped' }).click();
  await audit('skipped stage');
  await page.getByRole('button', { name: '1 waiting' }).click();
  await audit('approvals');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  await expect(page.getByRole('row', { name: /Release/ })).toContainText('waits for approval');
  await audit('runs');
}

async function auditLists(page: Page, audit: Audit): Promise<void> {
  await page.getByRole('link', { name: 'Triggers', exact: true }).click();
  await expect(page.getByRole('row', { name: /Release/ })).toHaveCount(2);
  await audit('triggers');
  await page.getByRole('link', { name: 'Hosts', exact: true }).click();
  await expect(page.getByText('No host is registered')).toBeVisible();
  await audit('hosts, none yet');
  await page.getByRole('link', { name: 'Secrets', exact: true }).click();
  await expect(page.getByText('There are no secrets')).toBeVisible();
  await audit('secrets, none yet');
  await page.getByRole('button', { name: 'Add a secret' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a secret' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('DEPLOY_TOKEN');
  await dialog.getByLabel('Value').fill('a-token-of-some-length');
  await audit('secret dialog');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('row', { name: /DEPLOY_TOKEN/ })).toBeVisible();
  await audit('secrets');
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  for (const [section, heading] of SETTINGS) {
    await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: section }).click();
    await expect(page.getByRole('main').getByText(heading, { exact: true }).first()).toBeVisible();
    await audit(`settings: ${section}`);
  }
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await audit('keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('run');
  await audit('command palette');
  await page.keyboard.press('Escape');
}
