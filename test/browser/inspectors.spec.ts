import { expect } from './accessibility.ts';
import { test } from './app-fixture.ts';
import { seedReports } from './report-fixture.ts';

test('findings are looked at, ignored with a reason, and count again', async ({ page, app }) => {
  const { runIds } = await seedReports(app.served);
  await page.goto(`${app.served.url}#/run/${runIds.at(-1)}?tab=findings`);
  const list = page.getByRole('grid', { name: 'Findings' });
  await expect(list).toBeVisible();
  await page.getByRole('radio', { name: /All open/ }).click();
  await list.getByText('`eval` runs what a user has typed').click();
  const panel = page.getByRole('region', { name: '`eval` runs what a user has typed' });
  await expect(panel.getByText('src/cart.js:6')).toBeVisible();
  await expect(panel.getByRole('textbox', { name: 'Source of src/cart.js' })).toBeVisible();
  await expect(panel.getByText('JSON.parse')).toBeVisible();

  await panel.getByRole('button', { name: 'Ignore' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ignore this finding' });
  await expect(dialog.getByRole('button', { name: 'Ignore', exact: true })).toBeDisabled();
  await dialog.getByLabel('Why it does not count').fill('Only in the demo');
  await dialog.getByRole('button', { name: 'Ignore', exact: true }).click();
  await expect(page.getByRole('radio', { name: /Ignored 1/ })).toBeVisible();
  await page.getByRole('radio', { name: /Ignored/ }).click();
  await expect(page.getByText('Only in the demo')).toBeVisible();
  await page.getByRole('button', { name: 'Count it again' }).click();
  await expect(page.getByRole('radio', { name: /Ignored 0/ })).toBeVisible();
});

test('J, K and Enter walk the findings and their groups', async ({ page, app }) => {
  const { runIds } = await seedReports(app.served);
  await page.goto(`${app.served.url}#/run/${runIds.at(-1)}?tab=findings`);
  const rows = page.getByRole('grid', { name: 'Findings' }).locator('[data-index]');
  const current = page.getByRole('grid', { name: 'Findings' }).getByRole('row', { selected: true });
  await page.getByRole('radio', { name: /All open/ }).click();
  await expect(rows).toHaveCount(6);
  await expect(current).toContainText('`eval` runs');
  await page.keyboard.press('j');
  await expect(current).toContainText('check magic-number');
  await page.keyboard.press('j');
  await expect(current).toContainText('The number in line 9');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(3);
  await expect(current).toContainText('check magic-number');
});

test('components of a run say who needs them', async ({ page, app }) => {
  const { runIds } = await seedReports(app.served);
  await page.goto(`${app.served.url}#/run/${runIds.at(-1)}?tab=supply-chain`);
  await page.getByRole('grid', { name: 'Components' }).getByText('sonic-boom').click();
  const panel = page.getByRole('region', { name: 'sonic-boom@4.2.0' });
  await expect(panel.getByRole('listitem')).toHaveText(['fastify@5.6.1', 'pino@9.9.0', 'sonic-boom@4.2.0']);
});

test('figures of a run have their way over the runs before it', async ({ page, app }) => {
  const { runIds } = await seedReports(app.served);
  await page.goto(`${app.served.url}#/run/${runIds.at(-1)}?tab=metrics`);
  const figures = page.getByRole('list', { name: 'Figures' });
  await expect(figures.getByRole('img', { name: /Coverage lines over 4 runs/ })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Find a figure' }).fill('artifacts');
  await expect(figures.getByRole('listitem')).toHaveCount(1);
});

test('two runs stand side by side', async ({ page, app }) => {
  const { runIds } = await seedReports(app.served);
  await page.goto(`${app.served.url}#/compare/${runIds[1]}/${runIds[3]}`);
  await expect(page.getByRole('heading', { name: 'Broken tests' })).toBeVisible();
  await expect(page.getByRole('row', { name: /unit.*Succeeded.*Failed/ })).toBeVisible();
  await expect(page.getByText('`eval` runs what a user has typed')).toBeVisible();
  await page.getByRole('radio', { name: 'Everything' }).click();
  await expect(page.getByRole('row', { name: /install/ })).toBeVisible();
});
