import type { Page } from '@playwright/test';
import { mailServer } from '../integration/mail-server.ts';
import { expect, test } from './app-fixture.ts';

const PIPELINE = `name: Shop
on: [webhook]
stages:
  build: { run: echo built }
`;

test.beforeEach(async ({ page, app }) => {
  await expect(page).toHaveURL(new RegExp(`^${new URL(app.served.url).origin}`));
});

async function openSection(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(`Settings: ${name}`);
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('link', { name, exact: true }).and(page.locator('[aria-current]')),
  ).toBeVisible();
}

test('every section has an address, is found in the palette, and J and K walk them', async ({
  page,
  app,
}) => {
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('radiogroup', { name: 'Theme' })).toBeVisible();
  for (const heading of [
    'Rules',
    'Webhook endpoint',
    'Trusted pipelines',
    'Data folder',
    'Telemetry',
    'This machine',
    'Keys',
    'About',
  ]) {
    await page.keyboard.press('j');
    await expect(page.getByRole('heading', { level: 2, name: heading })).toBeVisible();
  }
  await expect(page).toHaveURL(/#\/settings\/about$/);
  await page.keyboard.press('k');
  await expect(page).toHaveURL(/#\/settings\/keys$/);
  await openSection(page, 'Storage');
  await expect(page).toHaveURL(/#\/settings\/storage$/);
  await page.goto(`${app.served.url}#/settings/telemetry`);
  await expect(page.getByRole('checkbox', { name: 'Traces for OpenTelemetry' })).toBeVisible();
});

test('a rule is added, duplicated, removed and brought back', async ({ page }) => {
  await openSection(page, 'Notifications');
  await page.getByRole('button', { name: 'Add a rule' }).click();
  const form = page.getByRole('dialog', { name: 'Add a rule' });
  await form.getByRole('checkbox', { name: 'works again' }).click();
  await form.getByRole('checkbox', { name: 'A notification of the desktop' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toContainText('Choose at least one way to tell.');
  await form.getByRole('checkbox', { name: 'Webhook' }).click();
  await form.getByRole('textbox', { name: 'Address' }).fill('ftp://nowhere');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toContainText('An http or https address');
  await form.getByRole('textbox', { name: 'Address' }).fill('CHAT_URL');
  await form.getByRole('textbox', { name: /^Text/ }).fill('${{ run.name }} ${{ secrets.TOKEN }}');
  await form.getByRole('button', { name: 'Preview' }).click();
  await expect(form.getByRole('region', { name: 'Code' })).toContainText('Test message ***');
  await form.getByRole('button', { name: 'Send a test' }).click();
  await expect(form.getByRole('status')).toHaveText('There is no secret CHAT_URL.');
  await page.keyboard.press('Escape');
  await expect(form).toBeHidden();

  await page.getByRole('button', { name: 'Add a rule' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('row', { name: /fails, works again/ });
  await expect(row).toContainText('Desktop');
  await page.getByRole('button', { name: 'Actions for rule 1' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await form.getByRole('checkbox', { name: 'succeeds' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /works again, succeeds/ })).toBeVisible();
  await page.getByRole('button', { name: 'Actions for rule 2' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(page.getByRole('row', { name: /works again, succeeds/ })).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('row', { name: /works again, succeeds/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('row', { name: /works again, succeeds/ })).toBeVisible();
});

test('the mail server is tried before it is saved, and an entry is kept until then', async ({ page }) => {
  const mail = await mailServer();
  try {
    await openSection(page, 'Notifications');
    const card = page.getByRole('region', { name: 'Mail server' });
    const save = card.getByRole('button', { name: 'Save' });
    await expect(save).toBeDisabled();
    await card.getByRole('textbox', { name: 'Server' }).fill('127.0.0.1');
    await page.keyboard.press('Tab');
    await page.keyboard.type(String(mail.port));
    await card.getByRole('combobox', { name: 'Encryption' }).click();
    await page.getByRole('option', { name: 'STARTTLS, if the server has it' }).click();
    await save.click();
    await expect(card).toContainText('An address such as ci@example.org');
    await openSection(page, 'Telemetry');
    await page.getByRole('link', { name: /^Notifications.*not saved yet/ }).click();
    await card.getByRole('textbox', { name: 'From' }).fill('ci@pipewright.invalid');
    await card.getByRole('textbox', { name: 'Send a test to' }).fill('me@pipewright.invalid');
    await page.keyboard.press('Enter');
    await expect(card.getByRole('status')).toHaveText('Sent.');
    expect(mail.mails[0]).toContain('RCPT TO:<me@pipewright.invalid>');
    await card.getByRole('textbox', { name: 'From' }).focus();
    await page.keyboard.press('Enter');
    await expect(save).toBeDisabled();
    await page.reload();
    await expect(card.getByRole('textbox', { name: 'From' })).toHaveValue('ci@pipewright.invalid');
  } finally {
    await mail.close();
  }
});

test('the webhook endpoint shows its addresses and can be switched off', async ({ page, app }) => {
  await app.openFolder(await app.project('shop', { 'pipewright.yml': PIPELINE }));
  await openSection(page, 'Triggers');
  const addresses = page.getByRole('region', { name: 'Addresses' });
  await expect(addresses).toContainText(/Shop/);
  await page.getByRole('textbox', { name: 'Port' }).fill('70000');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('A port is a whole number from 1 to 65535.')).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('textbox', { name: 'Port' })).toHaveValue('47811');
  await page.getByRole('checkbox', { name: 'Take webhooks' }).click();
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await page.reload();
  await expect(page.getByRole('checkbox', { name: 'Take webhooks' })).not.toBeChecked();
});

test('limits are previewed before they are saved, and cleaned up with', async ({ page, app }) => {
  await app.trySample();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/Parcel quote/);
  await app.runIs('Succeeded');
  await openSection(page, 'Storage');
  await expect(page.getByRole('list', { name: 'Parts' })).toContainText('Artifacts');
  await page.getByRole('textbox', { name: 'Runs, by age' }).fill('0');
  await expect(page.getByRole('button', { name: 'Clean up now' })).toBeDisabled();
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('row', { name: /Parcel quote #1/ })).toContainText('too old');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Hide preview' }).click();
  await page.getByRole('button', { name: 'Clean up now' }).click();
  await expect(page.getByText(/^Removed 1 run.* freed\.$/)).toBeVisible();
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  await expect(page.getByRole('row', { name: /Parcel quote/ })).toHaveCount(0);
});

test('telemetry is off until it is switched on, with a header whose value is a secret', async ({ page }) => {
  await openSection(page, 'Telemetry');
  const traces = page.getByRole('checkbox', { name: 'Traces for OpenTelemetry' });
  await expect(traces).not.toBeChecked();
  await traces.click();
  await page.getByRole('textbox', { name: 'Collector' }).fill('localhost');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('This is no http or https address.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Collector' }).fill('http://localhost:4318');
  await page.getByRole('button', { name: 'Add a header' }).click();
  await page.getByRole('textbox', { name: 'Header 1' }).fill('authorization');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('This is no name of a secret.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove header 1' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await page.reload();
  await expect(traces).toBeChecked();
});
