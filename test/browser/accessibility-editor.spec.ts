import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { type Audit, expect, test } from './accessibility.ts';

const EDITED = `name: Shop
on: { push: { branches: [main] } }
stages:
  # Comments are read, too.
  install: { run: npm ci, cache: [{ key: lib, paths: [lib] }] }
  unit:
    needs: [install]
    matrix: { node: [20, 22] }
    if: \${{ git.branch == 'main' }}
    run: |
      npm test -- --node \${{ matrix.node }}
  deploy: { needs: [unit], run: echo deployed, timeout: 5m }
`;

test('the editor can be used without sight of colour or a pointer', async ({ page, app, audit }) => {
  test.setTimeout(120_000);
  await app.openFolder(
    await app.project('shop', {
      'pipewright.yml': EDITED,
      '.pipewright/broken.yml': 'name: Broken\nstages:\n  build: { needs: [instal], run: make, neds: [] }\n',
      '.pipewright/empty.yml': 'name: Empty\nstages: {}\n',
    }),
  );
  await page.getByRole('row', { name: /Shop/ }).first().click();
  await expect(page.getByRole('option', { name: /^unit/ })).toBeVisible();
  await audit('editor');
  await auditCanvas(page, audit);
  await auditText(page, audit);
  await auditSimulation(page, audit);
  await app.openFolder(`${app.served.dir}/shop`);
  await page.getByRole('row', { name: /Broken/ }).click();
  await expect(page.getByRole('region', { name: 'Issues' })).toBeVisible();
  await audit('editor with issues');
  await page.goBack();
  await page.getByRole('row', { name: /Empty/ }).click();
  await expect(page.getByRole('button', { name: 'Add a stage' }).first()).toBeVisible();
  await audit('editor without stages');
});

async function auditCanvas(page: Page, audit: Audit): Promise<void> {
  const stages = page.getByRole('listbox', { name: 'Stages' });
  await page.getByRole('option', { name: /^unit/ }).click();
  await audit('editor with a stage');
  await stages.press('ContextMenu');
  await expect(page.getByRole('menu')).toBeVisible();
  await audit('menu of a stage');
  await page.keyboard.press('Escape');
  await stages.press('F2');
  await expect(page.getByRole('textbox', { name: 'Name of the stage' })).toBeFocused();
  await audit('renaming');
  await page.keyboard.press('Escape');
  await stages.press('/');
  await expect(page.getByRole('listbox', { name: 'Stages found' })).toBeVisible();
  await audit('finding a stage');
  await page.keyboard.press('Escape');
  await stages.press('a');
  await expect(page.getByRole('dialog')).toBeVisible();
  await audit('adding a stage');
  await page.keyboard.press('Escape');
  await stages.press('c');
  await stages.press('ArrowRight');
  await audit('connecting');
  await page.keyboard.press('Escape');
}

async function auditText(page: Page, audit: Audit): Promise<void> {
  await page.getByRole('radio', { name: 'Split' }).click();
  await page.getByRole('textbox', { name: 'Text of the pipeline' }).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('  lint: { ned');
  await expect(page.getByRole('listbox', { name: 'Suggestions' })).toBeVisible();
  await audit('split with suggestions');
  await page.keyboard.press('Escape');
  await audit('split, with text that cannot be read');
  await page.getByRole('radio', { name: 'Text' }).click();
  await page.getByRole('textbox', { name: 'Text of the pipeline' }).click();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('run');
  await audit('text with its search');
  await page.keyboard.press('Escape');
  const undo = page.getByRole('button', { name: 'Undo' });
  while (await undo.isEnabled()) await undo.click();
}

async function auditSimulation(page: Page, audit: Audit): Promise<void> {
  await page.getByRole('button', { name: /^Simulate/ }).click();
  await expect(page.getByRole('main').getByRole('status').first()).toContainText(/would run/);
  await audit('simulation');
}

test('forms, comparing and new pipelines can be used without sight of colour or a pointer', async ({
  page,
  app,
  audit,
}) => {
  test.setTimeout(120_000);
  const dir = await app.project('shop', { 'package.json': '{ "scripts": { "test": "node --test" } }' });
  await app.openFolder(dir);
  await expect(page.getByRole('listbox', { name: 'Templates' })).toBeVisible();
  await audit('project without a pipeline');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page).toHaveURL(/pipewright\.yml/);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('new pipeline');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'New pipeline' })).toBeVisible();
  await audit('new pipeline');
  await page.keyboard.press('Escape');
  await writeFile(path.join(dir, 'pipewright.yml'), EDITED);
  await auditForms(page, audit);
  await auditChanged(page, audit, () =>
    writeFile(path.join(dir, 'pipewright.yml'), EDITED.replace('deployed', 'shipped')),
  );
});

async function auditForms(page: Page, audit: Audit): Promise<void> {
  const side = page.getByRole('complementary', { name: 'Details' });
  await expect(side.getByRole('region', { name: 'Settings of the file' })).toBeVisible();
  await unfold(side);
  await audit('settings of a file');
  await page.getByRole('option', { name: /^unit\b/ }).click();
  await expect(side.getByRole('region', { name: 'Settings of unit' })).toBeVisible();
  await unfold(side);
  await audit('settings of a stage');
  await page.getByRole('listbox', { name: 'Stages' }).press('Control+a');
  await audit('settings of several stages');
}

/** Opens all sections; what opens a menu stays shut. */
async function unfold(side: Locator): Promise<void> {
  const folded = side.locator('button[aria-expanded=false]:not([aria-haspopup]):not([role])');
  while ((await folded.count()) > 0) await folded.first().click();
}

async function auditChanged(page: Page, audit: Audit, changeOnDisk: () => Promise<void>): Promise<void> {
  await page.getByRole('listbox', { name: 'Stages' }).press('Control+d');
  const files = page.getByRole('navigation', { name: 'Open files' });
  await expect(files.getByLabel('Not saved')).toBeVisible();
  await changeOnDisk();
  await expect(page.getByText('pipewright.yml was changed on disk')).toBeVisible();
  await audit('changed on disk');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const comparison = page.getByRole('region', { name: 'Compare' });
  await comparison.getByRole('radio', { name: 'By stage' }).click();
  await audit('compared by stage');
  await comparison.getByRole('radio', { name: 'By line' }).click();
  await expect(comparison.getByRole('status')).toContainText(/differences?/);
  await audit('compared by line');
  await comparison.getByRole('button', { name: 'End comparing' }).click();
  await files.getByRole('button', { name: 'Close pipewright.yml' }).click();
  await expect(page.getByRole('dialog', { name: 'Save the changes of pipewright.yml?' })).toBeVisible();
  await audit('question before a file is closed');
}
