import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type ElectronApplication } from '@playwright/test';
import { hostPid, test } from './desktop-fixture.ts';

test('runs the sample project to its end', async ({ desktop }) => {
  const { page } = await desktop.launch();
  await page.getByRole('button', { name: 'Try the sample' }).first().click();
  await expect(page).toHaveURL(/#\/run\//);
  await expect(page.getByText(/^succeeded$/i).first()).toBeVisible({ timeout: 60_000 });
});

/** Presses an entry of the Run menu as soon as it is possible. */
async function pressInRunMenu(app: ElectronApplication, label: string): Promise<void> {
  const press = (): Promise<boolean> =>
    app.evaluate(({ Menu }, wanted) => {
      const run = Menu.getApplicationMenu()!.items.find((item) => item.label === '&Run')!;
      const entry = run.submenu!.items.find((item) => item.label === wanted)!;
      if (entry.enabled) (entry.click as () => void)();
      return entry.enabled;
    }, label);
  await expect.poll(press).toBe(true);
}

test('runs the folder it was started with from the menu, and asks before it stops that run', async ({
  desktop,
}) => {
  const project = path.join(desktop.dir, 'slow');
  mkdirSync(project);
  writeFileSync(path.join(project, 'pipewright.yml'), 'stages:\n  wait:\n    run: sleep 300\n');
  const { app, page } = await desktop.launch([`--data=${desktop.dataDir}`, project]);
  await app.evaluate(({ dialog }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    // The first answer is to keep running, the next one to stop.
    dialog.showMessageBoxSync = (...words: unknown[]) =>
      asked.push((words.at(-1) as { message: string }).message) - 1;
  });
  await pressInRunMenu(app, '&Run Pipeline…');
  await page.getByRole('button', { name: 'Trust and run' }).click();
  await expect(page.getByText(/^running$/i).first()).toBeVisible();
  await app.evaluate(({ app: electron }) => electron.quit());
  const asked = (): Promise<string[]> =>
    app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  await expect.poll(asked).toEqual(['A run is in progress.']);
  expect(page.isClosed()).toBe(false);
});

test('says that the engine died and brings it back', async ({ desktop }) => {
  const { app, page } = await desktop.launch();
  const sample = page.getByRole('button', { name: 'Try the sample' }).first();
  await expect(sample).toBeVisible();
  process.kill(hostPid(app), 'SIGKILL');
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('engine');
  await dialog.getByRole('button', { name: 'Restart engine' }).click();
  await expect(dialog).toBeHidden();
  await sample.click();
  await expect(page).toHaveURL(/#\/run\//);
  // To its end: an application that is closed while something runs asks first.
  await expect(page.getByText(/^succeeded$/i).first()).toBeVisible({ timeout: 60_000 });
});
