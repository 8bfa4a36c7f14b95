import { expect } from '@playwright/test';
import { hostPid, test } from './desktop-fixture.ts';

test('runs the sample project to its end', async ({ desktop }) => {
  const { page } = await desktop.launch();
  await page.getByRole('button', { name: 'Try the sample' }).first().click();
  await expect(page).toHaveURL(/#\/run\//);
  await expect(page.getByText(/^succeeded$/i).first()).toBeVisible({ timeout: 60_000 });
});

test('says that the engine died and brings it back', async ({ desktop }) => {
  const { app, page } = await desktop.launch();
  const sample = page.getByRole('button', { name: 'Try the sample' }).first();
  await expect(sample).toBeVisible();
  process.kill(hostPid(app), 'SIGKILL');
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('engine');
  await dialog.getByRole('button', { name: 'Restart engine' }).click();
  await expect(dialog).toBeHidden();
  await sample.click();
  await expect(page).toHaveURL(/#\/run\//);
});
