import type { Page } from '@playwright/test';
import { expect, test } from './accessibility.ts';
import { seedReports } from './report-fixture.ts';

async function openRun(page: Page, number: number): Promise<void> {
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  await page.getByRole('row', { name: new RegExp(`Shop #${number}`) }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Shop #${number}` })).toBeVisible();
}

test('one screen says what broke, since when and who changed what', async ({ page, app, audit }) => {
  await seedReports(app.served);
  await openRun(page, 4);
  await expect(page.getByRole('status').filter({ hasText: 'unit' })).toContainText(
    'unit — 2 tests failed, exit code 1 · failing since #3, 2 commits since the last good run',
  );
  const overview = page.getByRole('complementary', { name: 'The run' });
  const broken = overview.getByRole('region', { name: 'What broke' });
  await expect(broken).toContainText('Fails since #3, last good in #2');
  const commits = overview.getByRole('region', { name: /^Commits since the last good run/ });
  await expect(commits.getByRole('listitem')).toHaveText([
    /Shorter lines in the cart.*Jon Reyes/,
    /Round prices half to even.*Mira Holt/,
  ]);
  await expect(overview).toContainText('src/money.js');
  await expect(overview.getByRole('region', { name: 'Compared with the run before' })).toContainText(
    /Coverage90\.4%\+0\.2/,
  );
  await audit('overview of a run');
  await broken.getByRole('link', { name: '#2' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Shop #2' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(overview.getByRole('region', { name: 'Compared with the run before' })).toContainText(
    /Tests14\+2/,
  );
  await expect(broken).toBeHidden();
});

test('tests show what is new, what was expected, and what became of a case in other runs', async ({
  page,
  app,
  audit,
}) => {
  await seedReports(app.served);
  await openRun(page, 4);
  await page.getByRole('tab', { name: /^Tests/ }).click();
  const list = page.getByRole('grid', { name: 'Tests' });
  const rows = list.locator('[data-index]');
  await expect(rows).toHaveText([
    /cart.*1 failed/,
    /describes its lines.*new/,
    /money/,
    /puts tax on top.*since #3/,
  ]);
  const panel = page.getByRole('complementary', { name: 'describes its lines' });
  const diff = panel.getByRole('group', { name: 'Expected and actual' });
  await expect(diff.getByRole('listitem').filter({ hasText: 'bag' })).toHaveText([/20\.00 EUR/, /20\.0 EUR/]);
  await expect(panel).toContainText('3 lines in the cart');
  await audit('tests of a run');

  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const old = page.getByRole('complementary', { name: 'puts tax on top' });
  await expect(old.getByRole('group', { name: 'Expected and actual' })).toContainText('1191');
  await expect(old).toContainText('Failed in 2 of 4 runs');
  await old.getByRole('link', { name: 'failing since #3' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Shop #3' })).toBeVisible();
  await expect(old).toContainText('new failure');

  await page.getByRole('radio', { name: /^All/ }).first().click();
  await page.keyboard.press('/');
  await page.keyboard.type('token');
  await expect(rows).toHaveText([/quotes/, /needs a token/]);
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'Flaky' }).click();
  await expect(page.getByRole('grid', { name: 'Flaky tests' })).toContainText('answers with a price');
  await audit('flaky tests');
});

test('coverage leads from changed lines and folders to the lines that no test reached', async ({
  page,
  app,
  audit,
}) => {
  await seedReports(app.served);
  await openRun(page, 3);
  await page.getByRole('tab', { name: /^Coverage/ }).click();
  const changed = page.getByRole('region', { name: 'Changed lines' });
  await expect(changed).toContainText('src/money.js');
  await audit('coverage of a run');
  await changed.getByRole('button', { name: /money\.js/ }).click();
  const source = page.getByRole('textbox', { name: 'Source of src/money.js' });
  await expect(source).toContainText('export function halfToEven');
  await expect(source.locator('.cm-mark-uncovered')).toHaveCount(2);
  const file = page.getByRole('region', { name: 'src/money.js' });
  await expect(file.locator('.cm-changed')).not.toHaveCount(0);
  await page.keyboard.press('n');
  await expect(file.getByRole('status')).toHaveText(/^1 of \d gaps$/);
  await expect(source.locator('.cm-mark-current')).toContainText('RangeError');
  await audit('source with its coverage');

  const grid = page.getByRole('grid', { name: 'Files' });
  await page.getByRole('radio', { name: 'Files' }).click();
  await grid.getByRole('columnheader', { name: 'Lines' }).getByRole('button').click();
  await expect(grid.locator('[data-index]').first()).toContainText('money.js');
  await page.keyboard.press('/');
  await page.keyboard.type('PARCELS');
  await expect(grid.locator('[data-index]')).toHaveText([/quote\.js/]);
  await page.reload();
  await expect(source).toContainText('export function halfToEven');
});

test('a run without reports says how to get them', async ({ page, app }) => {
  await app.openFolder(
    await app.project('plain', { 'pipewright.yml': 'name: Plain\nstages: { a: { run: echo a } }\n' }),
  );
  await page.getByRole('button', { name: 'Run Plain' }).click();
  await app.runIs('Succeeded');
  await page.getByRole('tab', { name: 'Tests' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('reports: { junit: reports/*.xml }');
  await page.getByRole('tab', { name: 'Coverage' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('reports: { coverage: coverage/lcov.info }');
});
