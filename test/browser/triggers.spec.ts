import { expect, test } from './app-fixture.ts';

test('a schedule is listed with its next time and can be paused', async ({ page, app }) => {
  await app.openFolder(
    await app.project('nightly', {
      'pipewright.yml': `name: Nightly
on: { schedule: "0 3 * * *" }
stages:
  build: { run: echo built }
`,
    }),
  );
  await page.getByRole('link', { name: 'Triggers', exact: true }).click();
  const row = page.getByRole('row', { name: /Nightly/ });
  await expect(row).toContainText('0 3 * * *');
  await row.getByRole('switch').click();
  await expect(row).toContainText('paused');
  await row.getByRole('switch').click();
  await expect(row).not.toContainText('paused');
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByText('Nothing has fired yet')).toBeVisible();
});
