import { expect, test } from './app-fixture.ts';

const PIPELINE = `name: Shop
stages:
  build: { run: echo built }
`;

test('a secret is added, replaced and removed, and its value is never shown', async ({ page, app }) => {
  await app.openFolder(await app.project('shop', { 'pipewright.yml': PIPELINE }));
  await page.getByRole('link', { name: 'Secrets', exact: true }).click();
  await page.getByRole('button', { name: 'Add a secret' }).click();
  const add = page.getByRole('dialog', { name: 'Add a secret' });
  await add.getByRole('textbox', { name: 'Name' }).fill('NPM_TOKEN');
  await add.getByRole('combobox', { name: 'Seen by' }).click();
  await page.getByRole('option', { name: 'shop' }).click();
  await add.getByLabel('Value').fill('abc');
  await add.getByRole('button', { name: 'Add' }).click();
  await expect(add).toContainText(/4 characters/);
  await add.getByLabel('Value').fill('s3cret-value');
  await add.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('row', { name: /NPM_TOKEN/ })).toContainText('shop');
  await expect(page.locator('body')).not.toContainText('s3cret-value');

  await page.getByRole('button', { name: 'Actions for NPM_TOKEN' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('There are no secrets')).toBeVisible();
});
