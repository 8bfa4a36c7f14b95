import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type AppFixture } from './app-fixture.ts';

const BEFORE = `name: Shop
on: push
stages:
  install:
    run: npm ci
  unit:
    needs: [install]
    run: npm test
    timeout: 10m
  docs:
    needs: [install]
    run: npm run docs
  pack:
    needs: [unit, docs]
    run: npm pack
`;
const AFTER = `name: Shop
on: [push, manual]
stages:
  install:
    run: npm ci
  tests:
    needs: [install]
    run: npm test
    timeout: 10m
  pack:
    needs: [tests]
    run: npm pack --dry-run
  smoke:
    needs: [pack]
    run: echo smoke
`;

const compareIn = (page: Page) => page.getByRole('region', { name: 'Compare' });

/** Opens a file whose last commit has other stages, and compares the two. */
async function openChanges(page: Page, app: AppFixture): Promise<void> {
  const other = AFTER.replace('Shop', 'Other').replace('--dry-run', '--json');
  const dir = await app.project('shop', { 'pipewright.yml': BEFORE, '.pipewright/other.yml': other });
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...words], { cwd: dir });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git('commit', '--quiet', '--message', 'First');
  await writeFile(path.join(dir, 'pipewright.yml'), AFTER);
  await app.openFolder(dir);
  await page.getByRole('row', { name: /Shop/ }).first().click();
  await expect(page.getByRole('option', { name: /^smoke,/ })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Compare with the last commit');
  await page.keyboard.press('Enter');
  await expect(compareIn(page).getByRole('status')).toHaveText('1 added, 1 removed, 1 renamed, 2 changed');
}

test('changes since the last commit stand on the graph and in a list, each with both texts', async ({
  page,
  app,
}) => {
  await openChanges(page, app);
  const compare = compareIn(page);
  const graph = compare.getByRole('listbox', { name: 'Stages of both texts' });
  for (const name of [
    'install, as before',
    'tests, was unit',
    'pack, changed: needs, run',
    'smoke, added',
    'docs, removed',
  ])
    await expect(graph.getByRole('option', { name })).toBeVisible();

  const list = compare.getByRole('grid', { name: 'Changes' });
  await list.getByRole('row', { name: /^pack/ }).click();
  await expect(graph.getByRole('option', { name: /^pack/ })).toHaveAttribute('aria-selected', 'true');
  await expect(compare.getByRole('textbox', { name: 'pack, Last commit of main' })).toContainText('npm pack');
  await expect(compare.getByRole('textbox', { name: 'pack, here' })).toContainText('npm pack --dry-run');

  await graph.getByRole('option', { name: /^docs/ }).click();
  await expect(list.getByRole('row', { selected: true })).toHaveAccessibleName(/^docs/);
  await expect(compare.getByRole('textbox', { name: 'docs, Last commit of main' })).toContainText(
    'npm run docs',
  );
  await graph.getByRole('option', { name: /^install/ }).click();
  await expect(compare.getByText('install is the same in both texts.')).toBeVisible();

  await list.focus();
  await page.keyboard.press('Home');
  await expect(compare.getByRole('textbox', { name: 'on, here' })).toContainText('[push, manual]');
  await list.getByRole('row', { name: /^smoke/ }).click();
  await compare.getByRole('button', { name: 'Show in the text' }).click();
  const text = page.getByRole('textbox', { name: 'Text of the pipeline' });
  await expect(text.locator('.cm-activeLine')).toHaveText('  smoke:');
});

test('a file is compared with another file of the project, by stage and by line', async ({ page, app }) => {
  await openChanges(page, app);
  const compare = compareIn(page);
  await compare.getByRole('combobox', { name: 'Compare with' }).click();
  await page.getByRole('option', { name: '.pipewright/other.yml' }).click();
  await expect(compare.getByRole('status')).toHaveText('2 changed');
  await expect(compare.getByRole('option', { name: 'pack, changed: run' })).toBeVisible();
  await compare.getByRole('radio', { name: 'By line' }).click();
  await expect(compare.getByRole('status')).toHaveText('2 differences');
  await page.keyboard.press('Escape');
  await expect(compare).toBeHidden();
});

test('what is changed in the text shows in the comparison, and comments count for nothing', async ({
  page,
  app,
}) => {
  await app.openFolder(await app.project('shop', { 'pipewright.yml': BEFORE }));
  await page.getByRole('row', { name: /Shop/ }).first().click();
  await page.getByRole('radio', { name: 'Split' }).click();
  await page.getByRole('textbox', { name: 'Text of the pipeline' }).click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('# Ours\n');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('    timeout: 5m');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Compare with what was saved');
  await page.keyboard.press('Enter');
  const compare = compareIn(page);
  await expect(compare.getByRole('option', { name: 'pack, changed: timeout' })).toBeVisible();
  // Slow typing is several steps of undo.
  for (const words of ['Only comments, order or layout differ', 'Both texts are the same'])
    await expect(async () => {
      await page.getByRole('button', { name: 'Undo', exact: true }).click();
      await expect(compare.getByText(words)).toBeVisible({ timeout: 1_000 });
    }).toPass();
  await compare.getByRole('combobox', { name: 'Compare with' }).click();
  await page.getByRole('option', { name: 'Last commit' }).click();
  await expect(compare.getByText('There is no commit to compare with')).toBeVisible();
});

test('what is typed after a click on folded lines goes into the text', async ({ page, app }) => {
  const stages = Array.from({ length: 12 }, (_, index) => `  s${index}: { run: echo ${index} }\n`).join('');
  const long = `name: Long\nstages:\n${stages}`;
  await app.openFolder(
    await app.project('shop', { 'pipewright.yml': long, '.pipewright/other.yml': `${long}# The end\n` }),
  );
  await page.getByRole('row', { name: /pipewright\.yml/ }).click();
  await page.getByRole('radio', { name: 'Text' }).click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Compare with what was saved');
  await page.keyboard.press('Enter');
  const compare = compareIn(page);
  await compare.getByRole('combobox', { name: 'Compare with' }).click();
  await page.getByRole('option', { name: '.pipewright/other.yml' }).click();
  await expect(compare.getByRole('status')).toHaveText('1 difference');
  const text = compare.getByRole('textbox', { name: 'Text of the pipeline' });
  await text.getByText(/lines without changes/).click();
  await expect(text).toBeFocused();
  await page.keyboard.type('# Ours\n');
  await expect(text).toContainText('# Ours');
  await expect(compare.getByRole('status')).toHaveText('2 differences');
});
