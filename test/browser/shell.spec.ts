import type { Page } from '@playwright/test';
import { expect, test } from './app-fixture.ts';

const FAILING = `name: Broken
stages:
  unit: { run: 'echo left by the stage > left.txt; exit 3' }
`;

/** What a person types; a terminal takes it by key presses, not as a field's value. */
async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

test('a click on a failed stage opens a shell in its workspace, and going back ends it', async ({
  page,
  app,
}) => {
  await app.openFolder(await app.project('broken', { 'pipewright.yml': FAILING }));
  await app.pressRun();
  await page.getByRole('option', { name: 'unit, Failed' }).click();
  await page.getByRole('button', { name: 'Open shell here' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Shell in unit' })).toBeVisible();
  const terminal = page.getByRole('region', { name: 'Shell in unit' });
  await expect(terminal).toHaveAttribute('aria-busy', 'false');
  await expect(terminal.getByRole('textbox')).toBeFocused();
  await type(page, 'cat left.txt; echo "stage=$PIPEWRIGHT_STAGE="');
  await expect(terminal).toContainText('left by the stage');
  await expect(terminal).toContainText('stage=unit=');
  // The window's own keys are the shell's here: `r` runs nothing, Escape leaves nothing.
  await page.keyboard.press('Escape');
  await expect(terminal).toBeVisible();
  await page.keyboard.press('Shift+Escape');
  await expect(page.getByRole('checkbox', { name: 'Screen reader' })).toBeFocused();
  await page.getByRole('button', { name: 'Back to the run' }).click();
  await expect(page.getByRole('complementary', { name: 'Stage unit' })).toBeVisible();
});

test('a shell that ends says so and can be opened again', async ({ page, app }) => {
  await app.openFolder(await app.project('broken', { 'pipewright.yml': FAILING }));
  await app.pressRun();
  await page.getByRole('option', { name: 'unit, Failed' }).click();
  await page.getByRole('button', { name: 'Open shell here' }).click();
  const terminal = page.getByRole('region', { name: 'Shell in unit' });
  await expect(terminal).toHaveAttribute('aria-busy', 'false');
  await type(page, 'exit 4');
  await expect(page.getByText('The shell has ended with exit code 4.')).toBeVisible();
  await page.getByRole('button', { name: 'Open again' }).click();
  await expect(page.getByText('The shell has ended with exit code 4.')).toBeHidden();
  await type(page, 'echo "again $((20 + 3))"');
  await expect(terminal).toContainText('again 23');
});

test('what is selected is copied and what was copied is pasted, by the keys of a terminal', async ({
  page,
  app,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.openFolder(await app.project('broken', { 'pipewright.yml': FAILING }));
  await app.pressRun();
  await page.getByRole('option', { name: 'unit, Failed' }).click();
  await page.getByRole('button', { name: 'Copy the command that ran' }).click();
  await page.getByRole('button', { name: 'Open shell here' }).click();
  const terminal = page.getByRole('region', { name: 'Shell in unit' });
  await expect(terminal).toHaveAttribute('aria-busy', 'false');
  await type(page, 'clear; echo copied-$((40 + 2))');
  await expect(terminal).toContainText('copied-42');
  await page.keyboard.press('Control+Shift+V');
  await expect(terminal).toContainText('echo left by the stage > left.txt; exit 3');
  await page.keyboard.press('Control+U');
  // The terminal's own layer lies over its text, and takes the mouse for it.
  await terminal.getByText('copied-42').dblclick({ force: true });
  await page.keyboard.press('Control+Shift+C');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('42');
});

test('a page that is loaded again has the same shell', async ({ page, app }) => {
  await app.openFolder(await app.project('broken', { 'pipewright.yml': FAILING }));
  await app.pressRun();
  await page.getByRole('option', { name: 'unit, Failed' }).click();
  await page.getByRole('button', { name: 'Open shell here' }).click();
  const terminal = page.getByRole('region', { name: 'Shell in unit' });
  await expect(terminal).toHaveAttribute('aria-busy', 'false');
  await type(page, 'kept=$((40 + 2)); echo "once $kept"');
  await expect(terminal).toContainText('once 42');
  await page.reload();
  await expect(terminal).toContainText('once 42');
  await type(page, 'echo "still $kept"');
  await expect(terminal).toContainText('still 42');
});

test('a paused stage offers its shell and goes on when it is told to', async ({ page, app }) => {
  const dir = await app.project('broken', { 'pipewright.yml': FAILING });
  await app.openFolder(dir);
  await startPaused(page);
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  await page.getByRole('row', { name: /Broken/ }).click();
  await page.getByRole('option', { name: 'unit, Paused' }).click();
  const paused = page.getByRole('region', { name: 'Paused' });
  await expect(paused).toContainText('Paused after a failure: exit code 3');
  await paused.getByRole('button', { name: 'Open shell here' }).click();
  await expect(page.getByRole('region', { name: 'Shell in unit' })).toHaveAttribute('aria-busy', 'false');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Back to the run' }).click();
  await app.runIs('Failed');
});

/** Starts the pipeline of the project in view as `run --pause-on-failure` does. */
async function startPaused(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const projectId = /project\/([^/?]+)/.exec(location.hash)?.[1] ?? '';
    await fetch('/api/runs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ projectId, file: 'pipewright.yml', pauseOnFailure: true }),
    });
  });
}
