import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type AppFixture } from './app-fixture.ts';
import { camera, type Shoot } from './camera.ts';

const MANY = `name: Many
stages:
  install: { run: npm ci, timeout: 5m }
${Array.from({ length: 58 }, (_, count) => {
  const needs = count < 8 ? 'install' : `part-${count - 7}${count % 3 === 0 ? `, part-${count - 6}` : ''}`;
  return `  part-${count + 1}: { needs: [${needs}], run: make part-${count + 1}, timeout: 5m }`;
}).join('\n')}
  pack: { needs: [part-51, part-52, part-58], run: make pack, timeout: 5m }
`;
const PROBLEMS = `name: Problems
on: { push: { branches: [main] } }
stages:
  install: { run: npm ci }
  unit: { needs: [instal], run: npm test, neds: [] }
  image:
    needs: [install]
    run: docker build --tag shop . && docker push shop
    env: { API_TOKEN: ghp_0123456789abcdefghijklmnopqrstuvwxyz }
  deploy: { needs: [image], if: always(), run: "curl -f https://shop.example/deploy" }
`;
const CHANGED = (text: string): string =>
  text
    .replace(/ {2}api-contract:\n(?: {4}.*\n)+\n/, '')
    .replace(', api-contract]', ']')
    .replace('run: node tools/lint.js', 'run: node tools/lint.js --strict')
    .replace(/^ {2}smoke:/m, '  smoke-test:')
    .concat('\n  publish:\n    needs: [smoke-test]\n    run: echo published\n');

const option = (page: Page, id: string) => page.getByRole('option', { name: new RegExp(`^${id},`) });
const text = (page: Page) => page.getByRole('textbox', { name: 'Text of the pipeline' });
const mode = (page: Page, name: 'Canvas' | 'Split' | 'Text') => page.getByRole('radio', { name }).click();

for (const theme of ['light', 'dark'] as const) {
  test(`the editor can be shown in the ${theme} theme at both sizes`, async ({ page, app }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const shoot = camera(page, theme);
    await shootCanvas(page, app, shoot);
    await shootText(page, shoot);
    await shootSimulation(page, shoot);
    await shootComparison(page, app, shoot);
    await shootOthers(page, app, shoot);
  });
}

async function shootCanvas(page: Page, app: AppFixture, shoot: Shoot): Promise<void> {
  await app.trySample();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 40_000 });
  await app.openFolder(path.join(app.served.dir, 'data', 'sample-project'), { trust: false });
  await page.getByRole('row', { name: /Parcel quote pipewright.yml/ }).click();
  await expect(option(page, 'smoke')).toBeVisible();
  await shoot('editor');
  await option(page, 'build').click();
  await shoot('editor-stage');
  await option(page, 'unit').click();
  await shoot('editor-stage-of-a-kind');
  await option(page, 'lint').click({ modifiers: ['Shift'] });
  await option(page, 'notes').click({ modifiers: ['Shift'] });
  await shoot('editor-stages');
  await option(page, 'unit').click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await shoot('editor-menu');
  await page.keyboard.press('Escape');
  await option(page, 'unit').click();
  await page.keyboard.press('a');
  await page.keyboard.type('te');
  await expect(page.getByRole('dialog')).toBeVisible();
  await shoot('editor-add');
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await shoot('editor-find');
  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  await page.keyboard.press('ArrowRight');
  await shoot('editor-connect');
  await page.keyboard.press('Escape');
}

async function shootText(page: Page, shoot: Shoot): Promise<void> {
  await mode(page, 'Split');
  await option(page, 'lint').click();
  await shoot('editor-split');
  await mode(page, 'Text');
  await text(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\n  publish:\nneds: [smoke]\n');
  await expect(page.locator('.cm-lintRange, .cm-lintPoint').first()).toBeVisible();
  await page.keyboard.type('re');
  await page.keyboard.press('Control+Space');
  await expect(page.getByRole('listbox', { name: 'Suggestions' })).toBeVisible();
  await shoot('editor-completion');
  await page.keyboard.press('Escape');
  await mode(page, 'Split');
  await text(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('try: now: then');
  await expect(page.getByText('The text cannot be read at the moment')).toBeVisible();
  await shoot('editor-broken');
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  while (await undo.isEnabled()) await undo.click();
  await expect(page.getByText('The text cannot be read at the moment')).toBeHidden();
  await mode(page, 'Canvas');
}

async function shootSimulation(page: Page, shoot: Shoot): Promise<void> {
  await page.keyboard.press('s');
  await expect(page.getByRole('main').getByRole('status').first()).toContainText(/would run/);
  await page.getByRole('option', { name: 'build, would run' }).click();
  await shoot('editor-simulate');
  await page.getByRole('button', { name: 'End the simulation' }).click();
}

async function shootComparison(page: Page, app: AppFixture, shoot: Shoot): Promise<void> {
  const file = path.join(app.served.dir, 'data', 'sample-project', 'pipewright.yml');
  const before = execFileSync('git', ['show', 'HEAD:pipewright.yml'], {
    cwd: path.dirname(file),
    encoding: 'utf8',
  });
  await writeFile(file, CHANGED(before));
  await expect(option(page, 'smoke-test')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Compare with the last commit');
  await page.keyboard.press('Enter');
  const compare = page.getByRole('region', { name: 'Compare' });
  await expect(compare.getByRole('status')).toContainText('1 added');
  await compare.getByRole('row', { name: /^lint/ }).click();
  await shoot('editor-changes');
  await compare.getByRole('radio', { name: 'By line' }).click();
  await expect(compare.getByRole('status')).toContainText('differences');
  await shoot('editor-lines');
  await compare.getByRole('button', { name: 'End comparing' }).click();
}

async function shootOthers(page: Page, app: AppFixture, shoot: Shoot): Promise<void> {
  const dir = await app.project('web-shop', {
    'package.json': '{ "scripts": { "test": "node --test", "lint": "eslint ." } }',
    'pipewright.yml': PROBLEMS,
    '.pipewright/empty.yml': 'name: Empty\n',
    '.pipewright/many.yml': MANY,
  });
  await app.openFolder(dir, { trust: false });
  await page.getByRole('row', { name: /Problems/ }).click();
  await expect(page.getByRole('region', { name: 'Issues' }).getByRole('row').first()).toBeVisible();
  await shoot('editor-problems');
  await page.getByRole('region', { name: 'Issues' }).getByRole('button', { name: 'Why' }).first().click();
  await shoot('editor-problems-reason');
  await page.getByRole('button', { name: 'Open another pipeline' }).click();
  await page.getByRole('menuitem', { name: 'many.yml' }).click();
  await expect(option(page, 'install')).toBeVisible();
  await shoot('editor-many');
  await page.getByRole('button', { name: 'Show all' }).click();
  await shoot('editor-many-all');
  await page.getByRole('button', { name: 'Open another pipeline' }).click();
  await page.getByRole('menuitem', { name: 'empty.yml' }).click();
  await expect(page.getByRole('heading', { name: 'No stages yet' })).toBeVisible();
  await shoot('editor-empty');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('new pipeline');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'New pipeline' })).toBeVisible();
  await expect(page.getByRole('listbox', { name: 'Templates' }).getByRole('option').first()).toBeVisible();
  await shoot('editor-new-pipeline');
}
