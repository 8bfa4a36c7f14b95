import { expect, test } from './app-fixture.ts';

test('one run of the sample’s catalog pipeline has something to show in every inspector', async ({
  page,
  app,
}) => {
  test.setTimeout(120_000);
  await app.trySample();
  await page.goBack();
  await page.getByRole('button', { name: 'sample-project' }).click();
  await page.getByRole('menuitem', { name: 'sample-project' }).click();
  await page.getByRole('button', { name: 'Run Parcel quote, with the catalog' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: /with the catalog/ })).toBeVisible();
  await app.runIs('Succeeded');

  const panel = page.getByRole('tabpanel');
  for (const [tab, text] of [
    [/^Tests/, /parcel/],
    [/^Coverage/, /quote\.js/],
    [/^Findings/, /no-process-exit/],
    [/^Supply chain/, /price-rows/],
    [/^Metrics/, /Package files/],
    [/^Artifacts/, /provenance\.intoto\.jsonl/],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(panel).toContainText(text);
  }
});
