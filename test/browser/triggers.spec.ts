import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app-fixture.ts';

const PIPELINE = `name: Nightly
on:
  schedule: "0 3 * * *"
  watch: { paths: [src/**], debounce: 20ms }
stages:
  build: { run: cat src/a.txt }
`;

test('a trigger is listed with its next time, can be paused, run by hand, and shows what became of it', async ({
  page,
  app,
}) => {
  const dir = await app.project('nightly', { 'pipewright.yml': PIPELINE, 'src/a.txt': 'a' });
  await app.openFolder(dir, { trust: false });
  await page.getByRole('link', { name: 'Triggers', exact: true }).click();
  const schedule = page.getByRole('row', { name: /Schedule/ });
  await expect(schedule).toContainText('Not trusted');
  const panel = page.getByRole('complementary', { name: 'Schedule of Nightly' });
  await panel.getByRole('button', { name: 'Run now' }).click();
  // It asks, as Run does.
  await page
    .getByRole('dialog', { name: /first time/ })
    .getByRole('button', { name: 'Cancel' })
    .click();
  await panel.getByRole('link', { name: 'Open the pipeline' }).click();
  await app.pressRun();
  await page.getByRole('button', { name: 'Trust and run' }).click();
  await expect(page).toHaveURL(/#\/run\//);

  await page.getByRole('link', { name: 'Triggers', exact: true }).click();
  await expect(schedule).toContainText('0 3 * * *');
  await expect(panel).toContainText('It has not fired yet.');
  await schedule.getByRole('switch').click();
  await expect(schedule).toContainText('paused');
  await expect(panel).toContainText('what comes meanwhile is left out');
  await page.keyboard.press('p');
  await expect(schedule).not.toContainText('paused');

  await page.keyboard.press('r');
  await expect(page).toHaveURL(/#\/run\//);
  await page.getByRole('link', { name: 'Triggers', exact: true }).click();
  await expect(panel.getByRole('listitem')).toContainText('Started by hand.');
  await expect(panel.getByRole('img', { name: 'Succeeded' })).toBeVisible();
  await expect(panel.getByRole('link', { name: 'Run #2' })).toBeVisible();

  await page.getByRole('row', { name: /Changed files/ }).click();
  const changed = page.getByRole('complementary', { name: 'Changed files of Nightly' });
  await expect(changed).toContainText('It has not fired yet.');
  // Nothing tells from outside when the watcher is ready, so the file changes until it is.
  await expect
    .poll(
      async () => {
        await writeFile(path.join(dir, 'src/a.txt'), String(Math.random()));
        return changed.getByRole('listitem').count();
      },
      { intervals: [1_000] },
    )
    .toBeGreaterThan(0);
  await expect(changed).toContainText('src/a.txt changed.');
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByRole('row', { name: /Started by hand/ })).toContainText('Run #2');
  await expect(page.getByRole('row', { name: /src\/a\.txt changed/ }).first()).toBeVisible();
});

test('where nothing starts by itself the screen says what to write', async ({ page, app }) => {
  await app.openFolder(await app.project('plain', { 'pipewright.yml': 'stages: { a: { run: echo a } }\n' }));
  await page.getByRole('link', { name: 'Triggers', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Nothing starts by itself' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Code' })).toContainText('schedule:');
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByText('Nothing has fired yet')).toBeVisible();
});

test('a repository that is asked is listed with when that was and comes again, and with what is wrong', async ({
  page,
  app,
}) => {
  const git = (cwd: string, ...words: readonly string[]) => execFileSync('git', words, { cwd });
  const dir = await app.project('follows', {
    'pipewright.yml': `name: Follower\non:\n  poll: { branches: [main], every: 10m }\nstages:\n  build: { run: 'true' }\n`,
    '.pipewright/elsewhere.yml': `name: Elsewhere\non:\n  poll: { url: 'https://127.0.0.1:9/a.git' }\nstages:\n  build: { run: 'true' }\n`,
  });
  const remote = path.join(path.dirname(dir), 'remote.git');
  git(path.dirname(dir), 'init', '-q', '--bare', remote);
  git(dir, 'init', '-q');
  git(dir, 'remote', 'add', 'origin', remote);
  await app.openFolder(dir);
  await page.getByRole('link', { name: 'Triggers', exact: true }).click();
  const row = page.getByRole('row', { name: /Follower/ });
  await expect(row).toContainText('origin, asked every 10m: branches main');
  await row.click();
  const panel = page.getByRole('complementary', { name: 'Poll of Follower' });
  await expect(panel).toContainText('Last asked', { timeout: 30_000 });
  await expect(row).toContainText(/in \d+m/);

  const away = page.getByRole('row', { name: /Elsewhere/ });
  await expect(away).toContainText('https://127.0.0.1:9/a.git could not be asked', { timeout: 30_000 });
  await away.click();
  const panelAway = page.getByRole('complementary', { name: 'Poll of Elsewhere' });
  await expect(panelAway).toContainText('Last asked');
});
