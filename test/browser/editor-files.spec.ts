import { readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type AppFixture } from './app-fixture.ts';

const SHOP = `name: Shop
stages:
  install: { run: echo install }
  # Both need what is installed.
  build: { run: echo build, needs: [install] }
  unit: { run: echo unit, needs: [install] }
`;

const textOf = (page: Page) => page.getByRole('textbox', { name: 'Text of the pipeline' });
const notSaved = (page: Page) => page.getByRole('navigation', { name: 'Open files' }).getByLabel('Not saved');

interface OpenedEditor {
  /** The bytes on disk, as characters. */
  read(): Promise<string>;
  write(text: string): Promise<void>;
}

/** Opens the text of a project's only file. */
async function openText(page: Page, app: AppFixture, text = SHOP): Promise<OpenedEditor> {
  const dir = await app.project('shop', { 'pipewright.yml': text });
  const file = path.join(dir, 'pipewright.yml');
  await app.openFolder(dir);
  await page.getByRole('row', { name: /Shop/ }).first().click();
  await page.getByRole('radio', { name: 'Split' }).click();
  await expect(textOf(page)).toContainText('echo install');
  return { read: () => readFile(file, 'utf8'), write: (changed) => writeFile(file, changed) };
}

/** Types at the beginning of the first line. */
async function typeFirst(page: Page, text: string): Promise<void> {
  await textOf(page).click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type(text);
}

test('while the text cannot be read, canvas and form stay at what was read last, with a notice', async ({
  page,
  app,
}) => {
  await openText(page, app);
  await page.getByRole('option', { name: /^build,/ }).click();
  await typeFirst(page, '"');
  await expect(page.getByText('The text cannot be read at the moment')).toBeVisible();
  await expect(page.getByRole('option', { name: /^unit,/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Settings of build' })).toContainText('echo build');
  await expect(page.getByRole('region', { name: 'Issues' }).getByRole('row')).toHaveCount(1);
  await expect(page.getByRole('button', { name: /^Run\b/ })).toBeDisabled();
  await textOf(page).click();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('The text cannot be read at the moment')).toBeHidden();
  await expect(page.getByRole('button', { name: /^Run\b/ })).toBeEnabled();
});

test('fifty changes by form and text are taken back one by one, and made again', async ({ page, app }) => {
  // Some three hundred keys, one by one.
  test.slow();
  const { read } = await openText(page, app);
  await page.getByRole('option', { name: /^build,/ }).click();
  const name = page
    .getByRole('region', { name: 'Settings of build' })
    .getByRole('combobox', { name: 'Name' });
  for (let count = 1; count <= 25; count += 1) {
    await name.fill(`Build ${count}`);
    await name.press('Enter');
    await expect(page.getByRole('option', { name: new RegExp(`^Build ${count},`) })).toBeVisible();
  }
  for (let count = 1; count <= 25; count += 1) {
    await typeFirst(page, `# ${count}\n`);
    // What is typed in one go is one step.
    await page.keyboard.press('Control+End');
  }
  await page.keyboard.press('Control+s');
  await expect(notSaved(page)).toBeHidden();
  const changed = await read();
  expect(changed).toContain('# 1\nname: Shop');
  expect(changed).toContain('Build 25');
  await pressOften(page, 'Control+z', 'Undo');
  await page.keyboard.press('Control+s');
  await expect(notSaved(page)).toBeHidden();
  expect(await read()).toBe(SHOP);
  const steps = await pressOften(page, 'Control+y', 'Redo');
  expect(steps).toBeGreaterThanOrEqual(50);
  await page.keyboard.press('Control+s');
  await expect(notSaved(page)).toBeHidden();
  expect(await read()).toBe(changed);
});

/** Presses keys for as long as the button of the same action is enabled; answers how often. */
async function pressOften(page: Page, keys: string, button: string): Promise<number> {
  let count = 0;
  for (; await page.getByRole('button', { name: button }).isEnabled(); count += 1)
    await page.keyboard.press(keys);
  return count;
}

test('a change on disk is taken over in place while all is saved', async ({ page, app }) => {
  const { write } = await openText(page, app);
  await page.getByRole('option', { name: /^build,/ }).click();
  await write(SHOP.replace('name: Shop', '# Theirs.\nname: Store'));
  await expect(page.getByRole('heading', { level: 1, name: 'Store' })).toBeVisible();
  await expect(page.getByRole('option', { name: /^build,/ })).toHaveAttribute('aria-selected', 'true');
  await expect(notSaved(page)).toBeHidden();
  await expect(page.getByText('was changed on disk')).toBeHidden();
});

test('a change on disk while something is unsaved is compared and merged, and nothing is lost', async ({
  page,
  app,
}) => {
  const { read, write } = await openText(page, app);
  await typeFirst(page, '# Mine.\n');
  await expect(notSaved(page)).toBeVisible();
  const theirs = SHOP.replace('echo unit', 'echo units');
  await write(theirs);
  await expect(page.getByText('pipewright.yml was changed on disk')).toBeVisible();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const comparison = page.getByRole('region', { name: 'Compare' });
  await comparison.getByRole('radio', { name: 'By line' }).click();
  await expect(comparison.getByRole('status')).toHaveText('2 differences');
  await comparison.getByRole('button', { name: 'End comparing' }).click();
  await page.getByRole('button', { name: 'Merge' }).click();
  await expect(page.getByText('pipewright.yml was changed on disk')).toBeHidden();
  await expect(textOf(page)).toContainText('# Mine.');
  await expect(textOf(page)).toContainText('echo units');
  expect(await read()).toBe(theirs);
  await page.keyboard.press('Control+s');
  await expect(notSaved(page)).toBeHidden();
  expect(await read()).toBe(`# Mine.\n${theirs}`);
});

test('a change on disk can be ignored, or taken and taken back', async ({ page, app }) => {
  const { read, write } = await openText(page, app);
  await typeFirst(page, '# Mine.\n');
  await write(SHOP.replace('echo unit', 'echo units'));
  await page.getByRole('button', { name: 'Take theirs' }).click();
  await expect(textOf(page)).toContainText('echo units');
  await expect(textOf(page)).not.toContainText('# Mine.');
  await expect(notSaved(page)).toBeHidden();
  await textOf(page).click();
  await page.keyboard.press('Control+z');
  await expect(textOf(page)).toContainText('# Mine.');
  await write(SHOP.replace('echo unit', 'echo all'));
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await page.keyboard.press('Control+s');
  await expect(notSaved(page)).toBeHidden();
  expect(await read()).toBe(`# Mine.\n${SHOP}`);
});

test('what is not saved comes back after a reload and after the host was killed', async ({ page, app }) => {
  const { read } = await openText(page, app);
  await typeFirst(page, '# Mine.\n');
  await page.reload();
  await expect(page.getByText('Changes that were not saved are back')).toBeVisible();
  await page.getByRole('radio', { name: 'Text' }).click();
  await expect(textOf(page)).toContainText('# Mine.');
  await expect(notSaved(page)).toBeVisible();
  const { hash } = new URL(page.url());
  const drafts = async (): Promise<string> =>
    page.evaluate(async () => {
      const projectId = /project\/([^/?]+)/.exec(location.hash)?.[1] ?? '';
      const answer = await fetch(`/api/projects/${projectId}/draft?file=pipewright.yml`);
      return answer.text();
    });
  await typeFirst(page, '# Again.\n');
  await expect.poll(drafts).toContain('# Again.');
  await page.goto('about:blank');
  await page.goto(await app.served.restart());
  await page.evaluate((place) => {
    location.hash = place;
  }, hash);
  await expect(page.getByText('Changes that were not saved are back')).toBeVisible();
  await page.getByRole('button', { name: 'Discard them' }).click();
  await expect(notSaved(page)).toBeHidden();
  expect(await read()).toBe(SHOP);
});

test('a file that may not be written says why, and cannot be changed', async ({ page, app }) => {
  const elsewhere = await app.project('elsewhere', { 'ours.yml': SHOP });
  const dir = await app.project('shop', { 'README.md': 'Nothing here.' });
  await symlink(path.join(elsewhere, 'ours.yml'), path.join(dir, 'pipewright.yml'));
  await app.openFolder(dir);
  await page.getByRole('row', { name: /Shop/ }).first().click();
  await page.getByRole('radio', { name: 'Split' }).click();
  await expect(page.getByText(/pipewright.yml is a link to a file outside of the project/)).toBeVisible();
  await typeFirst(page, '# Mine.');
  await page.getByRole('option', { name: /^build,/ }).click();
  await page.keyboard.press('Delete');
  await expect(textOf(page)).toContainText('echo build');
  await expect(textOf(page)).not.toContainText('# Mine.');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
});

test('a byte order mark and carriage returns are as they were after a change', async ({ page, app }) => {
  const windows = `\uFEFF${SHOP.replaceAll('\n', '\r\n')}`;
  const { read } = await openText(page, app, windows);
  await typeFirst(page, '# Mine.\n');
  await page.getByRole('option', { name: /^build,/ }).click();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('option')).toHaveCount(2);
  await page.keyboard.press('Control+s');
  await expect(notSaved(page)).toBeHidden();
  const expected = `# Mine.\n${SHOP.replace(/ {2}# Both.*\n.*\n/, '')}`;
  expect(await read()).toBe(`\uFEFF${expected.replaceAll('\n', '\r\n')}`);
});

test('several files have tabs; one with changes asks before it closes, and all are saved at once', async ({
  page,
  app,
}) => {
  const dir = await app.project('shop', {
    'pipewright.yml': SHOP,
    '.pipewright/release.yml': SHOP.replace('Shop', 'Release'),
  });
  const tabs = page.getByRole('navigation', { name: 'Open files' });
  await app.openFolder(dir);
  await page.getByRole('row', { name: /Shop pipewright.yml/ }).click();
  await page.getByRole('radio', { name: 'Text' }).click();
  await typeFirst(page, '# Mine.\n');
  await tabs.getByRole('button', { name: 'Open another pipeline' }).click();
  await page.getByRole('menuitem', { name: 'release.yml' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Release' })).toBeVisible();
  await expect(tabs.getByRole('link')).toHaveCount(2);
  await expect(tabs.getByRole('link', { name: /pipewright.yml/ }).getByLabel('Not saved')).toBeVisible();

  await tabs.getByRole('link', { name: 'release.yml' }).click({ button: 'middle' });
  await expect(tabs.getByRole('link')).toHaveCount(1);
  await expect(page.getByRole('heading', { level: 1, name: 'Shop' })).toBeVisible();
  await tabs.getByRole('button', { name: 'Close pipewright.yml' }).click();
  const question = page.getByRole('dialog', { name: 'Save the changes of pipewright.yml?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await page.keyboard.press('Control+Shift+S');
  await expect(notSaved(page)).toBeHidden();
  expect(await readFile(path.join(dir, 'pipewright.yml'), 'utf8')).toBe(`# Mine.\n${SHOP}`);

  await typeFirst(page, '# Not this.\n');
  await tabs.getByRole('button', { name: 'Close pipewright.yml' }).click();
  await question.getByRole('button', { name: 'Do not save' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'shop' })).toBeVisible();
  await page.getByRole('row', { name: /Shop pipewright.yml/ }).click();
  await expect(textOf(page)).not.toContainText('# Not this.');
  expect(await readFile(path.join(dir, 'pipewright.yml'), 'utf8')).toBe(`# Mine.\n${SHOP}`);
});
