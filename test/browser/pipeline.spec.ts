import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app-fixture.ts';

const BROKEN = `name: Shop
stages:
  install: { run: echo install }
  build: { run: echo built, neds: [install] }
`;

test('a broken file shows its problems at their lines and follows the file as it is mended', async ({
  page,
  app,
}) => {
  const dir = await app.project('shop', { 'pipewright.yml': BROKEN });
  await app.openFolder(dir);
  await expect(page.getByRole('button', { name: 'Run Shop' })).toBeDisabled();
  await page.getByRole('row', { name: /Shop/ }).click();
  const issue = page.getByRole('region', { name: 'Issues' }).getByRole('row', { name: /neds/ });
  await expect(issue).toContainText('did you mean needs?');
  await expect(issue).toContainText('4:');
  await expect(page.getByRole('button', { name: /^Run\b/ })).toBeDisabled();
  await issue.click();
  const text = page.getByRole('textbox', { name: 'Text of the pipeline' });
  await expect(text).toContainText('neds: [install]');
  await writeFile(path.join(dir, 'pipewright.yml'), BROKEN.replace('neds', 'needs'));
  await expect(issue).toBeHidden();
  await expect(text).toContainText('needs: [install]');
  await page.getByRole('option', { name: /^build,/ }).click();
  await expect(page.getByRole('region', { name: 'Settings of build' })).toContainText('echo built');
});

const WITH_INPUTS = `name: Ship
inputs:
  version: { type: string, required: true }
  copies: { type: number, default: 2 }
  dry: { type: boolean, default: false }
  target: { type: choice, options: [staging, production], default: staging }
stages:
  say: { run: 'echo "\${{ inputs.version }} \${{ inputs.copies }} \${{ inputs.dry }} \${{ inputs.target }}"' }
  other: { run: echo other }
`;

test('a pipeline with inputs asks for them, says what is wrong at the field, and remembers', async ({
  page,
  app,
}) => {
  await app.openFolder(await app.project('ship', { 'pipewright.yml': WITH_INPUTS }));
  await app.pressRun();
  const form = page.getByRole('dialog', { name: 'Run Ship' });
  await expect(form.getByLabel('version')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(form).toContainText('It needs a value.');
  await page.keyboard.type('1.2.3');
  await form.getByLabel('copies').fill('many');
  await page.keyboard.press('Enter');
  await expect(form).toContainText('It must be a number');
  await form.getByLabel('copies').fill('3');
  await form.getByLabel('dry').click();
  await form.getByLabel('copies').press('Enter');
  await expect(page.getByRole('option', { name: 'say, Succeeded' })).toBeVisible();
  await page.getByRole('option', { name: 'say, Succeeded' }).dblclick();
  await expect(page.getByText('1.2.3 3 true staging')).toBeVisible();

  await page.getByRole('link', { name: 'Projects', exact: true }).click();
  await page.getByRole('row', { name: /ship/ }).click();
  await app.pressRun();
  await expect(form.getByLabel('version')).toHaveValue('1.2.3');
  await expect(form.getByLabel('copies')).toHaveValue('3');
});

test('only the chosen stages run', async ({ page, app }) => {
  await app.openFolder(await app.project('ship', { 'pipewright.yml': WITH_INPUTS }));
  await page.getByRole('row', { name: /Ship/ }).click();
  await expect(page.getByRole('option', { name: /^say,/ })).toBeVisible();
  await page.keyboard.press('Shift+R');
  const form = page.getByRole('dialog', { name: 'Run Ship' });
  await form.getByLabel('version').fill('1');
  await form.getByRole('checkbox', { name: 'other' }).click();
  await form.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('option', { name: 'other, Succeeded' })).toBeVisible();
  await expect(page.getByRole('option', { name: /say/ })).toHaveCount(0);
});
