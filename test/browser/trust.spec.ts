import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app-fixture.ts';

const pipeline = (on: string, secret = 'DEPLOY_TOKEN'): string => `name: Shop
on: { ${on} }
stages:
  deploy: { needs: [build], run: echo deployed, secrets: [${secret}] }
  build: { run: echo first built }
`;

test('a pipeline shows what it runs before its first run, and runs only when it is trusted', async ({
  page,
  app,
}) => {
  const dir = await app.project('shop', { 'pipewright.yml': pipeline('push: { branches: [main] }') });
  await app.openFolder(dir, { trust: false });
  await app.pressRun();
  const dialog = page.getByRole('dialog', { name: 'Run this pipeline for the first time?' });
  await expect(dialog).toContainText(dir);
  await expect(dialog.getByRole('region', { name: 'Triggers and rights' })).toContainText(
    'push: branches main',
  );
  await expect(dialog.getByRole('region', { name: 'Triggers and rights' })).toContainText('DEPLOY_TOKEN');
  await expect(dialog.getByRole('region', { name: 'What it runs' }).getByRole('listitem')).toContainText([
    'echo first built',
    'echo deployed',
  ]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page).not.toHaveURL(/#\/run\//);

  await app.pressRun();
  await dialog.getByRole('button', { name: 'Trust and run' }).click();
  await expect(page).toHaveURL(/#\/run\//);
});

test('a trusted pipeline runs with other commands, and asks again with other triggers or secrets', async ({
  page,
  app,
}) => {
  const dir = await app.project('shop', { 'pipewright.yml': pipeline('schedule: "0 3 * * *"') });
  const file = path.join(dir, 'pipewright.yml');
  await app.openFolder(dir, { trust: false });
  await page.getByRole('link', { name: 'Triggers', exact: true }).click();
  await expect(page.getByRole('row', { name: /Shop/ })).toContainText('Not trusted');
  await page.getByRole('link', { name: 'Shop', exact: false }).first().click();
  await app.pressRun();
  await page.getByRole('button', { name: 'Trust and run' }).click();
  await expect(page).toHaveURL(/#\/run\//);

  await writeFile(file, pipeline('schedule: "0 3 * * *"').replace('echo first', 'echo second'));
  const { hash } = new URL(page.url());
  await page.goBack();
  await app.pressRun();
  await expect(page).toHaveURL(/#\/run\//);
  expect(new URL(page.url()).hash).not.toBe(hash);

  await writeFile(file, pipeline('schedule: "0 5 * * *"', 'OTHER_TOKEN'));
  await page.goBack();
  await app.pressRun();
  const dialog = page.getByRole('dialog', { name: 'Run this pipeline with what has changed?' });
  const changes = dialog.getByRole('region', { name: 'Triggers and rights' }).getByRole('listitem');
  await expect(changes).toContainText([
    'schedule: 0 5 * * *',
    'OTHER_TOKEN',
    'schedule: 0 3 * * *',
    'DEPLOY_TOKEN',
  ]);

  // What is trusted is what was shown, and not what the file has become meanwhile.
  await writeFile(file, pipeline('schedule: "0 6 * * *"', 'OTHER_TOKEN'));
  await dialog.getByRole('button', { name: 'Trust and run' }).click();
  await expect(dialog.getByRole('alert')).toContainText('changed while it was looked at');
  await expect(changes.first()).toContainText('schedule: 0 6 * * *');
  await dialog.getByRole('button', { name: 'Trust and run' }).click();
  await expect(dialog).toBeHidden();
});

test('the settings list what is trusted, and revoking makes the next run ask', async ({ page, app }) => {
  const dir = await app.project('shop', { 'pipewright.yml': pipeline('schedule: "0 3 * * *"') });
  await app.openFolder(dir, { trust: false });
  await app.pressRun();
  await page.getByRole('button', { name: 'Trust and run' }).click();
  await expect(page).toHaveURL(/#\/run\//);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Settings: Trust');
  await page.keyboard.press('Enter');
  const trusted = page.getByRole('region', { name: 'Trusted pipelines' });
  await expect(trusted).toContainText('accepted when asked');
  await trusted.getByRole('button', { name: 'Revoke trust in pipewright.yml' }).click();
  await expect(trusted).toContainText('Nothing is trusted yet.');
  await page.goBack();
  await page.goBack();
  await app.pressRun();
  await expect(page.getByRole('dialog', { name: 'Run this pipeline for the first time?' })).toBeVisible();
});
