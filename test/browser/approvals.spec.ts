import { expect, test } from './app-fixture.ts';
import { createGate } from './gate.ts';

const RELEASE = `name: Release
stages:
  build: { run: echo built }
  ship:
    needs: [build]
    approval: { message: "Ship it to production?" }
  deploy: { needs: [ship], run: echo deployed }
`;

test('an approval in the window lets the run go on and stays with its comment', async ({ page, app }) => {
  await app.openFolder(await app.project('release', { 'pipewright.yml': RELEASE }));
  await app.pressRun();
  await page.getByRole('option', { name: 'ship, Waiting for approval' }).click();
  const panel = page.getByRole('complementary', { name: 'Stage ship' });
  await expect(panel).toContainText('Ship it to production?');
  await panel.getByRole('button', { name: 'Approve' }).click();
  const dialog = page.getByRole('dialog', { name: 'Approve ship' });
  await dialog.getByRole('textbox', { name: 'Comment' }).fill('Checked by hand');
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByRole('option', { name: 'deploy, Succeeded' })).toBeVisible();
  await expect(panel).toContainText(/Approved by/);
  await expect(panel).toContainText('Checked by hand');
});

test('the title bar lists what waits, from any screen, and a rejection there ends the stage', async ({
  page,
  app,
}) => {
  await app.openFolder(await app.project('release', { 'pipewright.yml': RELEASE }));
  await app.pressRun();
  await expect(page.getByRole('option', { name: 'ship, Waiting for approval' })).toBeVisible();
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  await expect(page.getByRole('row', { name: /Release/ })).toContainText('waits for approval');
  await page.getByRole('button', { name: '1 waiting' }).click();
  await page
    .getByRole('dialog', { name: 'Waiting for approval' })
    .getByRole('button', { name: 'Reject' })
    .click();
  await page.getByRole('dialog', { name: 'Reject ship' }).getByRole('button', { name: 'Reject' }).click();
  await expect(page.getByRole('button', { name: '1 waiting' })).toBeHidden();
  await page.getByRole('row', { name: /Release/ }).click();
  await expect(page.getByRole('option', { name: 'ship, Failed' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'deploy, Skipped' })).toBeVisible();
});

test('an approval that is asked for while one looks elsewhere is told in a toast', async ({ page, app }) => {
  const gate = createGate(app.served.dir, 'built');
  const pipeline = RELEASE.replace('echo built', `"${gate.wait}"`);
  await app.openFolder(await app.project('release', { 'pipewright.yml': pipeline }));
  await app.pressRun();
  await expect(page.getByRole('option', { name: 'build, Running' })).toBeVisible();
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await gate.open();
  const toast = page.getByText('Release #1 waits for approval', { exact: true });
  await expect(toast).toBeVisible();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByRole('complementary', { name: 'Stage ship' })).toBeVisible();
});
