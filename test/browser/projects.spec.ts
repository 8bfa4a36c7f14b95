import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app-fixture.ts';

const PIPELINE = `name: Shop
stages:
  build: { run: echo built }
`;

test('a folder is found by walking with the keys, and marked where it has a pipeline', async ({
  page,
  app,
}) => {
  await app.project('code/shop', { 'pipewright.yml': PIPELINE });
  await mkdir(path.join(app.served.dir, 'code/zoo'));
  await page.keyboard.press('Control+o');
  const dialog = page.getByRole('dialog', { name: 'Open a folder' });
  const field = dialog.getByRole('combobox', { name: 'Folder' });
  await expect(field).toHaveValue(`${app.served.dir}/`);
  await page.keyboard.type('co');
  await expect(dialog.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue(`${app.served.dir}/code/`);
  await expect(dialog.getByRole('option', { name: 'shop' })).toContainText('pipeline');
  await expect(dialog.getByRole('option', { name: 'zoo' })).not.toContainText('pipeline');
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('button', { name: 'Open shop' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'shop' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Shop/ })).toContainText('pipewright.yml');
});

test('a folder that is not there is refused in place', async ({ page, app }) => {
  await page.keyboard.press('Control+o');
  const dialog = page.getByRole('dialog', { name: 'Open a folder' });
  await dialog.getByRole('combobox', { name: 'Folder' }).fill(path.join(app.served.dir, 'nowhere/'));
  await expect(dialog).toContainText('There is no folder');
  await expect(dialog.getByRole('button', { name: 'Open', exact: true })).toBeDisabled();
});

test('a folder without a pipeline says what to create and finds it once it is there', async ({
  page,
  app,
}) => {
  const dir = await app.project('empty', { 'readme.md': '' });
  await app.openFolder(dir);
  await expect(page.getByRole('heading', { name: 'This folder has no pipeline yet' })).toBeVisible();
  await writeFile(path.join(dir, 'pipewright.yml'), PIPELINE);
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByRole('row', { name: /Shop/ })).toBeVisible();
});

test('a project taken off the list can be put back at once', async ({ page, app }) => {
  await app.openFolder(await app.project('shop', { 'pipewright.yml': PIPELINE }));
  await page.getByRole('link', { name: 'Projects', exact: true }).click();
  await page.getByRole('button', { name: 'Actions for shop' }).click();
  await page.getByRole('menuitem', { name: 'Remove from list' }).click();
  await expect(page.getByRole('heading', { name: 'Open a project to begin' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('row', { name: /shop/ })).toBeVisible();
});
