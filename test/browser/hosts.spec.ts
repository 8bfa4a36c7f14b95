import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect } from './accessibility.ts';
import { addHost, test } from './host-fixture.ts';

const step = (page: Page, title: string) =>
  page.getByRole('list', { name: 'Steps of the test' }).getByRole('listitem').filter({ hasText: title });

test('a host of the SSH configuration is added, tested step by step, changed and removed', async ({
  page,
  app,
  sshd,
  audit,
}) => {
  await page.goto(app.served.url);
  await page.getByRole('link', { name: 'Hosts', exact: true }).click();
  await expect(page.getByText('No host is registered')).toBeVisible();
  await audit('hosts, none yet');
  await addHost(page, sshd, 'linux, gpu', '2');
  await expect(page.getByText('Stages can run there', { exact: false })).toBeVisible();
  await expect(step(page, 'Login')).toContainText('in without a question');
  await expect(step(page, 'Clock')).toContainText('the same time');
  const row = page.getByRole('row', { name: new RegExp(sshd.host) });
  await expect(row).toContainText('0 of 2');
  await expect(row).toContainText('worked');
  await audit('hosts');

  await page.getByRole('button', { name: 'Change' }).click();
  const dialog = page.getByRole('dialog', { name: `Change ${sshd.host}` });
  await dialog.getByRole('textbox', { name: /^Labels/ }).fill('linux, -no');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('-no must be a word such as linux or gpu.');
  await audit('host dialog');
  await dialog.getByRole('textbox', { name: /^Labels/ }).fill('linux');
  await dialog.getByRole('spinbutton', { name: /^Slots/ }).fill('3');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('0 of 3');
  await expect(row).not.toContainText('gpu');

  await page.getByRole('button', { name: `Remove ${sshd.host}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('No host is registered')).toBeVisible();
});

test('the key of an unknown host is accepted only when somebody says so, and a changed one not at all', async ({
  page,
  app,
  sshd,
  audit,
}) => {
  writeFileSync(sshd.knownHostsFile, '');
  await page.goto(app.served.url);
  await addHost(page, sshd, '', '1');
  const key = step(page, 'Host key');
  await expect(key).toContainText('SHA256:');
  await audit('unknown host key');
  await key.getByRole('button', { name: 'Accept this key' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Accept the key' }).click();
  await expect(page.getByText('Stages can run there', { exact: false })).toBeVisible();

  sshd.changeHostKey();
  await sshd.start();
  await page.keyboard.press('t');
  await expect(key).toContainText('ssh-keygen -R');
  await expect(key.getByRole('button')).toHaveCount(0);
  await expect(page.getByText('Stages cannot run there yet.')).toBeVisible();
});

test('a test of a host that does not answer can be cancelled', async ({ page, app, sshd }) => {
  // What should lead to the host says nothing.
  sshd.configure(['ProxyCommand sleep 600']);
  await page.goto(app.served.url);
  await addHost(page, sshd, '', '1');
  await page.getByRole('button', { name: 'Cancel the test' }).click();
  await expect(page.getByText('The test was ended.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Test the connection' })).toBeVisible();
});
