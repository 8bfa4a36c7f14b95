import { expect, test } from './app-fixture.ts';

const FILES = {
  'pipewright.yml': 'name: Good\nstages:\n  a: { run: echo a }\n',
  '.pipewright/bad.yml': 'name: Bad\nstages:\n  a: { run: exit 3 }\n',
};

test('runs can be searched, filtered by status and sorted, and the trend opens them', async ({
  page,
  app,
}) => {
  await app.openFolder(await app.project('shop', FILES));
  const start = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: `Run ${name}` }).click();
    await expect(page.getByRole('button', { name: /^(Run again|Rerun failed)$/ })).toBeVisible();
    await page.goBack();
  };
  await start('Good');
  await start('Bad');
  await start('Good');
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  const rows = page.getByRole('grid', { name: 'Runs' }).locator('[data-index]');
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText('#3');
  await page.getByRole('button', { name: 'Failed' }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('Bad');
  await page.getByRole('button', { name: 'Failed' }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('#1');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('#1');
  await page.keyboard.type('99');
  await expect(page.getByRole('heading', { name: 'No run fits the filter' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await page.getByRole('columnheader', { name: 'Started' }).getByRole('button').click();
  await expect(rows.first()).toContainText('#1');
  const chart = page.getByRole('region', { name: 'Duration trend' });
  await expect(chart).toContainText('duration of the last 2 runs');
  const plot = (await chart.locator('.u-over').boundingBox())!;
  await page.mouse.move(plot.x + plot.width - 8, plot.y + plot.height - 4);
  await expect(chart).toContainText('Good#3');
  await page.mouse.down();
  await page.mouse.up();
  await expect(page.getByRole('heading', { level: 1, name: /Good #3/ })).toBeVisible();
});
