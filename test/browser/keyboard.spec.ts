import { expect, test } from './app-fixture.ts';

const PIPELINE = `name: Shop
stages:
  build: { run: echo built }
  pack: { needs: [build], run: echo packed }
`;

test('the way from the list of projects through a run into its log needs no pointer', async ({
  page,
  app,
}) => {
  await app.openFolder(await app.project('shop', { 'pipewright.yml': PIPELINE }));
  await page.keyboard.press('Control+k');
  await page.keyboard.type('go to projects');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible();
  await expect(page.getByRole('row', { name: /shop/ })).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'shop' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Shop/ })).toBeVisible();
  await app.pressRun();
  await expect(page.getByRole('option', { name: 'pack, Succeeded' })).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('l');
  await expect(page).toHaveURL(/\/log\/build\/1/);
  await expect(page.getByText('built', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/#\/run\/\w+\?/);
});

test('the palette finds a run by its number, and ? lists the keys', async ({ page, app }) => {
  await app.openFolder(await app.project('shop', { 'pipewright.yml': PIPELINE }));
  await app.pressRun();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Open a folder');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('run shop #1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /Shop #1/ })).toBeVisible();
});
