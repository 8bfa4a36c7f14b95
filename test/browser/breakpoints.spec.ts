import { expect, test } from './accessibility.ts';

const FILE = `name: Stops
stages:
  install: { run: echo ready > ready.txt }
  unit: { needs: [install], run: cat ready.txt }
  ask: { needs: [unit], approval: { message: "Go on?" } }
`;

test('a run that starts in the window waits at the breakpoints of its file', async ({ page, app, audit }) => {
  test.setTimeout(120_000);
  const dir = await app.project('stops', { 'pipewright.yml': FILE });
  await app.openFolder(dir);
  await page.getByRole('row', { name: /Stops/ }).click();
  const canvas = page.getByRole('listbox', { name: 'Stages' });
  const card = (name: string) => canvas.getByRole('option', { name: new RegExp(`^${name}\\b`) });
  // By the dot of a card, which shows itself to the pointer, and by its key.
  await card('install').hover();
  await card('install')
    .getByTitle(/Set a breakpoint/)
    .click();
  await expect(card('install')).toHaveAccessibleName(/breakpoint/);
  await card('install').click();
  await page.keyboard.press('b');
  await expect(card('install')).not.toHaveAccessibleName(/breakpoint/);
  await card('unit').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Set a breakpoint' }).click();
  await expect(card('unit')).toHaveAccessibleName(/breakpoint/);
  await audit('canvas with a breakpoint');
  // What asks a person has none.
  await expect(card('ask').getByTitle(/breakpoint/)).toHaveCount(0);
  await page.reload();
  await expect(card('unit')).toHaveAccessibleName(/breakpoint/);

  await app.pressRun();
  await page.getByRole('option', { name: 'unit, Paused, breakpoint' }).click();
  const paused = page.getByRole('region', { name: 'Paused' });
  await expect(paused).toContainText('Paused at its breakpoint, before its first step');
  await audit('run at a breakpoint');
  await paused.getByRole('button', { name: 'Open shell here' }).click();
  const terminal = page.getByRole('region', { name: 'Shell in unit' });
  await expect(terminal).toHaveAttribute('aria-busy', 'false');
  await page.keyboard.type('cat ready.txt; echo "stage=$PIPEWRIGHT_STAGE="');
  await page.keyboard.press('Enter');
  await expect(terminal).toContainText('stage=unit=');
  await audit('shell');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Back to the run' }).click();
  await expect(page.getByRole('option', { name: 'unit, Succeeded, breakpoint' })).toBeVisible();
});
