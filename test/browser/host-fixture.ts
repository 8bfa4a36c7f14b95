import type { Page } from '@playwright/test';
import { isSshdMissing, startSshd, type TestSshd } from '../support/sshd.ts';
import { test as base } from './accessibility.ts';

/** With a host beside it that the host of the window reaches by ssh. */
export const test = base.extend<{ sshd: TestSshd }>({
  sshd: [
    // Playwright reads the names of what a fixture needs from this pattern.
    async ({}, use, { skip }) => {
      skip(isSshdMissing(), 'There is no sshd here: install openssh-server.');
      await using sshd = await startSshd();
      process.env['PIPEWRIGHT_SSH_CONFIG'] = sshd.configFile;
      await use(sshd);
      delete process.env['PIPEWRIGHT_SSH_CONFIG'];
    },
    // Before the host of the window, which inherits the variable.
    { auto: true },
  ],
});

/** Adds the host as a person does, from the names of the SSH configuration; its test begins. */
export async function addHost(page: Page, sshd: TestSshd, labels: string, slots: string): Promise<void> {
  await page.getByRole('link', { name: 'Hosts', exact: true }).click();
  await page.getByRole('button', { name: 'Add a host' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a host' });
  await dialog.getByRole('button', { name: sshd.host }).click();
  await dialog.getByRole('textbox', { name: /^Labels/ }).fill(labels);
  await dialog.getByRole('spinbutton', { name: /^Slots/ }).fill(slots);
  await dialog.getByRole('button', { name: 'Add and test' }).click();
}
