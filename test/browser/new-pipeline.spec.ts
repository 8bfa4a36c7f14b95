import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './app-fixture.ts';

const PACKAGE = JSON.stringify({ name: 'shop', scripts: { test: 'node --test', build: 'node build.mjs' } });
const NODE_PROJECT = {
  'package.json': PACKAGE,
  'shop.test.mjs': "import test from 'node:test';\ntest('sells', () => {});\n",
  'build.mjs':
    "import { mkdirSync, writeFileSync } from 'node:fs';\nmkdirSync('dist');\nwriteFileSync('dist/shop.js', '');\n",
};
const PIPELINE = 'name: Shop\nstages:\n  build: { run: echo built }\n';

const search = (page: Page) => page.getByRole('combobox', { name: 'Find a template' });
const templates = (page: Page) => page.getByRole('listbox', { name: 'Templates' }).getByRole('option');

test('a folder without a pipeline gets one that fits what is in it, and runs it with one click', async ({
  page,
  app,
}) => {
  const dir = await app.project('shop', NODE_PROJECT);
  await app.openFolder(dir);
  await expect(page.getByRole('heading', { name: 'This folder has no pipeline yet' })).toBeVisible();
  const first = templates(page).first();
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await expect(first).toContainText('Node.js');
  await expect(first).toContainText('Fits: package.json with a test script');
  await expect(page.getByRole('listbox', { name: 'Stages of Node.js' }).getByRole('option')).toHaveCount(2);
  await expect(page.getByRole('textbox', { name: 'Text of the template' })).toContainText('npm test');
  await page.getByRole('button', { name: 'Create' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'shop' })).toBeVisible();
  await expect(page).toHaveURL(/pipewright\.yml/);
  expect(await readFile(path.join(dir, 'pipewright.yml'), 'utf8')).toContain('uses: test.unit');
  await page
    .getByRole('button', { name: /^Run\b/ })
    .first()
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Trust/ })
    .click();
  await expect(page.getByRole('option', { name: 'unit, Succeeded' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('option', { name: 'build, Succeeded' })).toBeVisible({ timeout: 30_000 });
});

test('a second pipeline is chosen, named and opened by keyboard alone', async ({ page, app }) => {
  const dir = await app.project('shop', { ...NODE_PROJECT, 'pipewright.yml': PIPELINE });
  await app.openFolder(dir);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('new pipeline');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New pipeline' });
  await expect(search(page)).toBeFocused();
  await page.keyboard.type('rollback');
  await expect(templates(page)).toHaveCount(1);
  await expect(dialog.getByRole('textbox', { name: 'File' })).toHaveValue('.pipewright/release-canary.yml');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.press('ArrowDown');
  await expect(templates(page).nth(1)).toHaveAttribute('aria-selected', 'true');

  const file = dialog.getByRole('textbox', { name: 'File' });
  await file.fill('pipewright.yml');
  await expect(
    dialog.getByText('There is a file pipewright.yml already. Choose another name.'),
  ).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Create' })).toBeDisabled();
  await file.fill('../elsewhere.yml');
  await expect(dialog.getByText('A pipeline is pipewright.yml, or a file in .pipewright.')).toBeVisible();
  await file.fill('nightly');
  await expect(dialog.getByText('It becomes .pipewright/nightly.yml.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/nightly\.yml/);
  expect(await readFile(path.join(dir, '.pipewright/nightly.yml'), 'utf8')).toContain('pytest');
});

test('the editor offers a new pipeline, and a file that appeared meanwhile is not written over', async ({
  page,
  app,
}) => {
  const dir = await app.project('shop', { 'pipewright.yml': PIPELINE });
  await app.openFolder(dir);
  await page.getByRole('row', { name: /Shop/ }).first().click();
  await expect(page.getByRole('option', { name: 'build' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('new pipeline');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New pipeline' });
  await expect(dialog.getByRole('textbox', { name: 'File' })).toHaveValue(/^\.pipewright\//);
  await search(page).fill('empty');
  await expect(templates(page)).toHaveCount(1);
  await app.project('shop', { '.pipewright/empty.yml': PIPELINE });
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toContainText('already');
  expect(await readFile(path.join(dir, '.pipewright/empty.yml'), 'utf8')).toBe(PIPELINE);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('the first start leads to a template by way of a folder', async ({ page, app }) => {
  const dir = await app.project('pages', { 'index.html': '<h1>Hello</h1>' });
  await page.getByRole('button', { name: 'New from template' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open a folder' });
  await dialog.getByRole('combobox', { name: 'Folder' }).fill(`${dir}/`);
  await dialog.getByRole('button', { name: 'Open pages' }).click();
  await expect(templates(page).first()).toContainText('Static site');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
