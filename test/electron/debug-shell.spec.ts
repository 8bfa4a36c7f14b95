import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { test } from './desktop-fixture.ts';

test('opens a shell in a stage that failed, and one in a stage that is paused at its breakpoint', async ({
  desktop,
}) => {
  const project = path.join(desktop.dir, 'broken');
  mkdirSync(project);
  writeFileSync(
    path.join(project, 'pipewright.yml'),
    "name: Broken\nstages:\n  unit: { run: 'echo left by the stage > left.txt; exit 3' }\n",
  );
  const { page } = await desktop.launch([`--data=${desktop.dataDir}`, project]);
  await page.getByRole('row', { name: /Broken/ }).click();
  const card = page.getByRole('listbox', { name: 'Stages' }).getByRole('option', { name: /^unit/ });
  await card.click();
  await page.keyboard.press('b');
  await expect(card).toHaveAccessibleName(/breakpoint/);
  await page.keyboard.press('r');
  await page.getByRole('button', { name: 'Trust and run' }).click();
  await page.getByRole('option', { name: 'unit, Paused, breakpoint' }).click();
  await page.getByRole('button', { name: 'Open shell here' }).click();
  const terminal = page.getByRole('region', { name: 'Shell in unit' });
  await expect(terminal).toHaveAttribute('aria-busy', 'false');
  await page.keyboard.type('test -e left.txt || echo "nothing yet: $((40 + 2))"');
  await page.keyboard.press('Enter');
  await expect(terminal).toContainText('nothing yet: 42');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Back to the run' }).click();
  await page.getByRole('option', { name: 'unit, Failed, breakpoint' }).click();
  await page.getByRole('button', { name: 'Open shell here' }).click();
  await expect(terminal).toHaveAttribute('aria-busy', 'false');
  await page.keyboard.type('cat left.txt; echo "stage=$PIPEWRIGHT_STAGE="');
  await page.keyboard.press('Enter');
  await expect(terminal).toContainText('left by the stage');
  await expect(terminal).toContainText('stage=unit=');
  await page.keyboard.type('exit');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The shell has ended.')).toBeVisible();
});
