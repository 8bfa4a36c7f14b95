import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app-fixture.ts';

test('rerun failed reuses what had succeeded and says from which run', async ({ page, app }) => {
  const flag = path.join(app.served.dir, 'mended');
  await app.openFolder(
    await app.project('flaky', {
      'pipewright.yml': `name: Flaky
stages:
  build: { run: echo built }
  check: { needs: [build], run: "test -e '${flag}'" }
`,
    }),
  );
  await app.pressRun();
  await expect(page.getByRole('button', { name: 'Rerun failed' })).toBeVisible();
  await writeFile(flag, '');
  await page.keyboard.press('.');
  await expect(page.getByRole('heading', { name: 'Flaky #2' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'check, Succeeded' })).toBeVisible();
  await page.getByRole('option', { name: 'build, Succeeded' }).click();
  const panel = page.getByRole('complementary', { name: 'Stage build' });
  await expect(panel).toContainText('run #1');
  await panel.getByRole('link', { name: 'run #1' }).click();
  await expect(page.getByRole('heading', { name: 'Flaky #1' })).toBeVisible();

  await page.getByRole('option', { name: 'check, Failed' }).click();
  await page.getByRole('button', { name: 'More ways to run it' }).click();
  await page.getByRole('menuitem', { name: 'Rerun from check' }).click();
  await expect(page.getByRole('heading', { name: 'Flaky #3' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'check, Succeeded' })).toBeVisible();
});

test('a stage that is tried again counts down and lists its attempts', async ({ page, app }) => {
  await app.openFolder(
    await app.project('retry', {
      'pipewright.yml': `name: Retry
stages:
  unsteady:
    run: test -e tried || { touch tried; exit 3; }
    retry: { max: 2, backoff: constant, delay: 3s }
`,
    }),
  );
  await app.pressRun();
  await app.runIs('Running');
  await page.getByRole('option', { name: /^unsteady, / }).click();
  const panel = page.getByRole('complementary', { name: 'Stage unsteady' });
  await expect(panel).toContainText(/Tries again in [1-3]s/);
  await expect(page.getByRole('option', { name: 'unsteady, Succeeded' })).toBeVisible();
  await expect(panel.getByRole('button', { name: /Attempt 1/ })).toContainText('exit code 3');
  await panel.getByRole('button', { name: /Attempt 1/ }).click();
  await expect(panel.getByRole('button', { name: /Attempt 1/ })).toHaveAttribute('aria-current', 'true');
});
