import { writeFileSync } from 'node:fs';
import { expect } from './accessibility.ts';
import { camera } from './camera.ts';
import { addHost, test } from './host-fixture.ts';

// What a person looks at to judge the screen of hosts: without any, one that works, one whose key is unknown or changed.

for (const theme of ['dark', 'light'] as const) {
  test(`hosts look as they should, ${theme}`, async ({ page, app, sshd }) => {
    await page.goto(app.served.url);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const shoot = camera(page, theme);
    await page.getByRole('link', { name: 'Hosts', exact: true }).click();
    await expect(page.getByText('No host is registered')).toBeVisible();
    await shoot('hosts-none');
    await page.getByRole('button', { name: 'Add a host' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a host' });
    await expect(dialog.getByRole('button', { name: sshd.host })).toBeVisible();
    await shoot('hosts-add');
    await page.keyboard.press('Escape');
    await addHost(page, sshd, 'linux, gpu', '2');
    await expect(page.getByText('Stages can run there', { exact: false })).toBeVisible();
    await shoot('hosts');
    writeFileSync(sshd.knownHostsFile, '');
    await page.keyboard.press('t');
    const accept = page.getByRole('button', { name: 'Accept this key' });
    await expect(accept).toBeVisible();
    await shoot('hosts-unknown-key');
    await accept.click();
    await shoot('hosts-accept-key');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Accept the key' }).click();
    await expect(page.getByText('Stages can run there', { exact: false })).toBeVisible();
    sshd.changeHostKey();
    await sshd.start();
    await page.keyboard.press('t');
    await expect(page.getByText('Stages cannot run there yet.')).toBeVisible();
    await shoot('hosts-changed-key');
  });
}
