import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { test } from './desktop-fixture.ts';

test('offers the keychain for the key of the secrets, or says why there is none', async ({ desktop }) => {
  const { page } = await desktop.launch();
  await page.getByRole('link', { name: 'Secrets', exact: true }).click();
  const control = page.getByRole('switch', { name: "Keep the key in the system's keychain" });
  await expect(control).toBeVisible();
  const sealed = path.join(desktop.dataDir, 'secrets.key.sealed');
  if (await control.isDisabled()) {
    await expect(page.getByText(/This system has no keyring|keychain cannot be used here/)).toBeVisible();
    expect(existsSync(sealed)).toBe(false);
    return;
  }
  await control.click();
  await page.getByRole('button', { name: 'Move the key' }).click();
  await expect(control).toBeChecked();
  expect(existsSync(sealed)).toBe(true);
});
