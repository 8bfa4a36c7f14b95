import type { Page } from '@playwright/test';
import { expect, test } from './app-fixture.ts';

const SHOP = `name: Shop
inputs: { unused: {} }
stages:
  install: { run: npm ci }
  unit: { needs: [install], run: npm test }
  pack:
    needs: [unit]
    run: npm pack
    gate: { check: true }
    artifacts:
      - { name: package, paths: dist/** }
      - { name: sources, paths: src/** }
`;

const stages = (page: Page) => page.getByRole('listbox', { name: 'Stages' });
const side = (page: Page) => page.getByRole('complementary', { name: 'Details' });

/** What has been scrolled, by role and name of class. */
const scrolled = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter(({ scrollTop, scrollLeft }) => scrollTop !== 0 || scrollLeft !== 0)
      .map(({ tagName, className }) => `${tagName} ${className.replace(/^\S*_/, '')}`),
  );

test('choosing a stage scrolls its form alone, and nothing scrolls the frame of the window', async ({
  page,
  app,
}) => {
  await app.openFolder(await app.project('shop', { 'pipewright.yml': SHOP }));
  await page.getByRole('row', { name: /Shop/ }).click();
  await page.getByRole('option', { name: /^pack\b/ }).click();
  const last = side(page).getByRole('button', { name: 'Add a template' });
  await last.focus();
  expect(await scrolled(page)).toEqual(['ASIDE side']);
  await page.getByRole('option', { name: /^unit\b/ }).click();
  await expect(side(page).getByRole('region', { name: 'Settings of unit' })).toBeVisible();
  expect(await scrolled(page)).toEqual([]);
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('aside *, [role=option], label'))
      element.scrollIntoView({ block: 'start', inline: 'start' });
  });
  expect(await scrolled(page)).toEqual(['ASIDE side']);
});

test('a file that is opened has the keyboard on its canvas, also when a dialog has just made it', async ({
  page,
  app,
}) => {
  await app.openFolder(await app.project('shop', { 'pipewright.yml': SHOP }));
  await page.getByRole('row', { name: /Shop/ }).click();
  await expect(stages(page)).toBeFocused();
  await page.keyboard.press('a');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(stages(page)).toBeFocused();

  await page.getByRole('button', { name: 'Open another pipeline' }).click();
  await page.getByRole('menuitem', { name: 'New pipeline…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New pipeline' });
  await dialog.getByRole('combobox', { name: 'Find a template' }).fill('empty');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByText('No stages yet', { exact: true })).toBeVisible();
  await expect(stages(page)).toBeFocused();

  // The view is chosen in the header, which keeps the keyboard.
  await page.getByRole('radio', { name: 'Text' }).click();
  await page.getByRole('radio', { name: 'Canvas' }).click();
  await expect(page.getByRole('radio', { name: 'Canvas' })).toBeFocused();
});

test('a key that runs a file waits until the file has been checked', async ({ page, app }) => {
  let check = (): void => undefined;
  const isAsked = new Promise<void>((resolve) => {
    check = resolve;
  });
  await page.route(/analysis\.worker/, async (route) => {
    await isAsked;
    await route.continue();
  });
  const text = SHOP.replace('    gate: { check: true }\n', '').replaceAll(/npm \w+/g, 'echo done');
  await app.openFolder(await app.project('shop', { 'pipewright.yml': text }));
  await page.getByRole('row', { name: /Shop/ }).click();
  await expect(stages(page)).toBeFocused();
  await expect(page.getByRole('button', { name: /^Simulate/ })).toBeDisabled();
  await page.keyboard.press('s');
  check();
  await expect(page.getByRole('group', { name: 'Simulate' })).toBeVisible();
});

test('a key that would run a file with errors says why it does not', async ({ page, app }) => {
  await app.openFolder(await app.project('shop', { 'pipewright.yml': SHOP.replace('[unit]', '[units]') }));
  await page.getByRole('row', { name: /pipewright\.yml/ }).click();
  await expect(page.getByText(/^\d errors?$/)).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.getByText('The file has errors and cannot be run', { exact: true })).toBeVisible();
});

test('the header counts what the list of issues has', async ({ page, app }) => {
  await app.openFolder(await app.project('shop', { 'pipewright.yml': SHOP }));
  await page.getByRole('row', { name: /Shop/ }).click();
  const severities = page.getByRole('group', { name: 'Severities' }).getByRole('button');
  await expect(severities).not.toHaveCount(0);
  const names = await severities.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')!));
  expect(names.length).toBeGreaterThan(1);
  for (const name of names) await expect(page.getByText(name, { exact: true })).toBeVisible();
});
