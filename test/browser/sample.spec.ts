import { expect, test } from './app-fixture.ts';

test('from an empty start one click runs the sample, and one can look into all that it made', async ({
  page,
  app,
}) => {
  await expect(page.getByRole('heading', { name: 'Open a project to begin' })).toBeVisible();
  await app.trySample();
  await expect(page.getByRole('heading', { level: 1, name: /Parcel quote #1/ })).toBeVisible();
  await app.runIs('Succeeded');
  for (const stage of ['checkout', 'unit', 'build', 'package', 'smoke']) {
    await expect(page.getByRole('option', { name: `${stage}, Succeeded` })).toBeVisible();
  }

  await test.step('its log opens at full size and can be searched', async () => {
    await page.getByRole('option', { name: 'unit, Succeeded' }).dblclick();
    await expect(page).toHaveURL(/\/log\/unit\/1/);
    await expect(page.getByRole('searchbox', { name: 'Search the log' })).toBeVisible();
    await page.keyboard.press('/');
    await page.keyboard.type('tests');
    await expect(page.getByRole('search').getByRole('status')).toHaveText(/\d+ (hits|of \d+)|of \d+/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('search').getByRole('status')).toHaveText(/^\d+ of \d+$/);
    await page.goBack();
  });

  await test.step('its tests are listed', async () => {
    await page.getByRole('tab', { name: /Tests/ }).click();
    await expect(page.getByRole('tabpanel')).toContainText(/unit/);
  });

  await test.step('an artifact can be seen', async () => {
    await page.getByRole('tab', { name: /Artifacts/ }).click();
    await page.getByRole('tabpanel').getByText('RELEASE_NOTES.md').click();
    await expect(page.getByRole('tabpanel')).toContainText('parcel-quote 1.4.0');
  });

  await test.step('it stands in the history', async () => {
    await page.getByRole('link', { name: 'Runs' }).click();
    await expect(page.getByRole('row', { name: /Parcel quote #1/ })).toContainText('33 tests');
  });
});

test('a run that fails says which stage broke and what was skipped for it', async ({ page, app }) => {
  await app.trySample();
  await page.goBack();
  await page.getByRole('button', { name: 'sample-project' }).click();
  await page.getByRole('menuitem', { name: 'sample-project' }).click();
  await page.getByRole('button', { name: 'Run Parcel quote, tariff of 2027' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: /tariff of 2027/ })).toBeVisible();
  await app.runIs('Failed');
  await expect(page.getByRole('option', { name: 'unit, Failed' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'package, Skipped' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'announce, Succeeded' })).toBeVisible();
});
