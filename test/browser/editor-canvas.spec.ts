import type { Locator, Page } from '@playwright/test';
import { expect, test, type AppFixture } from './app-fixture.ts';

const SHOP = `name: Shop
stages:
  install: { run: npm ci }
  unit: { needs: [install], run: npm test }
  lint: { needs: [install], run: eslint . }
  pack: { needs: [unit], run: npm pack }
`;

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A canvas as a person has it before them. */
function canvasOf(page: Page) {
  const room = page.getByRole('listbox', { name: 'Stages' });
  const stage = (id: string): Locator => room.getByRole('option', { name: new RegExp(`^${id},`) });
  const boxOf = async (id: string) => {
    const box = await stage(id).boundingBox();
    if (box === null) throw new Error(`${id} is not in view`);
    return box;
  };
  const middle = async (id: string): Promise<Spot> => {
    const { x, y, width, height } = await boxOf(id);
    return { x: x + width / 2, y: y + height / 2 };
  };
  return {
    room,
    stage,
    middle,
    /** What a screen reader was told last. */
    said: page.getByRole('status'),
    item: (name: string): Locator =>
      page.getByRole('region', { name: 'Stages to add' }).getByRole('button', { name, exact: true }),
    handle: async (id: string, side: 'left' | 'right'): Promise<Spot> => {
      const { x, y, width, height } = await boxOf(id);
      return { x: side === 'left' ? x : x + width, y: y + height / 2 };
    },
    /** Cards that glide are waited for. */
    rest: async (id: string): Promise<void> => {
      await stage(id).click({ trial: true });
    },
    empty: async (): Promise<Spot> => {
      const box = (await room.boundingBox())!;
      return { x: box.x + box.width / 2, y: box.y + box.height - 90 };
    },
    drag: async (from: Spot, to: Spot): Promise<void> => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
      await page.mouse.move(to.x, to.y, { steps: 4 });
    },
  };
}

async function openShop(page: Page, app: AppFixture, files: Readonly<Record<string, string>> = {}) {
  await app.openFolder(await app.project('shop', { 'pipewright.yml': SHOP, ...files }));
  await page.getByRole('row', { name: /Shop/ }).first().click();
  const canvas = canvasOf(page);
  await canvas.rest('pack');
  return canvas;
}

/** The text as the text view has it. */
async function textOf(page: Page): Promise<string> {
  await page.getByRole('radio', { name: 'Text' }).click();
  const lines = await page.locator('.cm-line').allTextContents();
  await page.getByRole('radio', { name: 'Canvas' }).click();
  return `${lines.join('\n').trimEnd()}\n`;
}

test('a graph stays whole while its room changes, until it is moved by hand', async ({ page, app }) => {
  const canvas = await openShop(page, app);
  const isWhole = async (): Promise<boolean> => {
    const room = (await canvas.room.boundingBox())!;
    const [first, last] = [await canvas.handle('install', 'left'), await canvas.handle('pack', 'right')];
    return first.x > room.x && last.x < room.x + room.width;
  };
  expect(await isWhole()).toBe(true);
  await page.getByRole('radio', { name: 'Split' }).click();
  await expect.poll(isWhole).toBe(true);
  const small = (await canvas.handle('pack', 'right')).x;
  await page.getByRole('radio', { name: 'Canvas' }).click();
  await expect.poll(async () => (await canvas.handle('pack', 'right')).x).toBeGreaterThan(small);

  const { x, y } = await canvas.empty();
  await page.mouse.move(x, y);
  await page.mouse.wheel(120, 0);
  await expect.poll(isWhole).toBe(false);
  await page.setViewportSize({ width: 1600, height: 800 });
  await expect.poll(isWhole).toBe(false);
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect.poll(isWhole).toBe(true);
  await page.setViewportSize({ width: 1200, height: 800 });
  await expect.poll(isWhole).toBe(true);
});

test('a stage is dragged onto the canvas, and onto an edge between two others', async ({ page, app }) => {
  const canvas = await openShop(page, app);
  const from = (await canvas.item('Script').boundingBox())!;
  const start = { x: from.x + 30, y: from.y + 10 };
  await canvas.drag(start, await canvas.empty());
  await page.mouse.up();
  await expect(canvas.stage('script')).toHaveAttribute('aria-selected', 'true');
  await expect(canvas.said.filter({ hasText: 'Added script' })).toBeAttached();
  await canvas.rest('script');

  const [right, left] = [await canvas.handle('unit', 'right'), await canvas.handle('pack', 'left')];
  await canvas.drag(start, { x: (right.x + left.x) / 2, y: right.y });
  await page.mouse.up();
  await expect(canvas.said.filter({ hasText: 'Added script-2 between unit and pack' })).toBeAttached();
  expect(await textOf(page)).toContain('pack: { needs: [script-2], run: npm pack }');
});

test('handles connect in both directions, and a circle is refused with its reason at the pointer', async ({
  page,
  app,
}) => {
  const canvas = await openShop(page, app);
  await canvas.stage('lint').hover();
  await canvas.drag(await canvas.handle('lint', 'right'), await canvas.middle('pack'));
  await expect(page.getByText('pack needs lint', { exact: true })).toBeVisible();
  await page.mouse.up();
  await expect(canvas.said.filter({ hasText: 'pack needs lint now' })).toBeAttached();
  await canvas.rest('lint');

  await canvas.stage('lint').hover();
  await canvas.drag(await canvas.handle('lint', 'left'), await canvas.middle('unit'));
  await page.mouse.up();
  await expect(canvas.said.filter({ hasText: 'lint needs unit now' })).toBeAttached();
  await page.getByRole('button', { name: 'Show all' }).click();
  await canvas.rest('pack');

  await canvas.stage('pack').hover();
  await canvas.drag(await canvas.handle('pack', 'right'), await canvas.middle('install'));
  await expect(page.getByText(/^install needs pack needs .* that would be a circle\.$/)).toBeVisible();
  await page.mouse.up();
  await expect(canvas.said.filter({ hasText: 'that would be a circle.' })).toBeAttached();
  expect(await textOf(page)).toBe(
    SHOP.replace('pack: { needs: [unit]', 'pack: { needs: [unit, lint]').replace(
      'lint: { needs: [install]',
      'lint: { needs: [install, unit]',
    ),
  );
});

test('a line that is let go on empty canvas asks for a stage and connects it', async ({ page, app }) => {
  const canvas = await openShop(page, app);
  await canvas.stage('lint').hover();
  const from = await canvas.handle('lint', 'right');
  await canvas.drag(from, { x: from.x + 80, y: from.y + 70 });
  await page.mouse.up();
  await page.keyboard.type('approval');
  await page.keyboard.press('Enter');
  await expect(canvas.said.filter({ hasText: 'Added approve after lint' })).toBeAttached();
  await expect(canvas.room).toBeFocused();
});

test('a box selects what it touches, and what is selected moves together', async ({ page, app }) => {
  const canvas = await openShop(page, app);
  const [first, second] = [await canvas.middle('unit'), await canvas.middle('lint')];
  const [top, bottom] = first.y < second.y ? [first, second] : [second, first];
  await canvas.drag({ x: top.x - 20, y: top.y - 60 }, { x: bottom.x + 20, y: bottom.y + 60 });
  await page.mouse.up();
  await expect(canvas.said.filter({ hasText: '2 stages selected' })).toBeAttached();

  await canvas.drag(first, { x: first.x, y: first.y + 96 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await canvas.middle('lint')).y - second.y)).toBeGreaterThan(80);
  const moved = (await canvas.middle('unit')).y - first.y;
  expect((await canvas.middle('lint')).y - second.y).toBeCloseTo(moved, 0);
  expect(await textOf(page)).toBe(SHOP);
});

test('stages are copied and pasted, also into another file, and duplicated', async ({ page, app }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const canvas = await openShop(page, app, {
    '.pipewright/other.yml': 'name: Other\nstages:\n  alone: { run: echo alone }\n',
  });
  await canvas.stage('unit').click();
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await expect(canvas.stage('unit-2')).toHaveAttribute('aria-selected', 'true');
  await canvas.stage('lint').click();
  await page.keyboard.press('Control+d');
  await expect(canvas.stage('lint-2')).toHaveAttribute('aria-selected', 'true');

  await page.evaluate(() => {
    location.hash = location.hash.replace('pipewright.yml', encodeURIComponent('.pipewright/other.yml'));
  });
  await canvas.stage('alone').click();
  await page.keyboard.press('Control+v');
  await expect(canvas.said.filter({ hasText: 'Pasted unit' })).toBeAttached();
  expect(await textOf(page)).toBe(
    'name: Other\nstages:\n  alone: { run: echo alone }\n  unit: { run: npm test }\n',
  );
});

test('deleting heals the gap, and undo and redo work while the canvas has the focus', async ({
  page,
  app,
}) => {
  const canvas = await openShop(page, app);
  await canvas.stage('unit').click();
  await page.keyboard.press('Delete');
  await expect(canvas.stage('unit')).toBeHidden();
  await expect(canvas.said.filter({ hasText: 'Deleted unit' })).toBeAttached();
  await expect(canvas.stage('pack')).toHaveAccessibleName(/needs install/);
  await page.keyboard.press('Control+z');
  await expect(canvas.stage('unit')).toBeVisible();
  await expect(canvas.said.filter({ hasText: 'Undid: Delete unit' })).toBeAttached();
  await page.keyboard.press('Control+Shift+z');
  await expect(canvas.stage('unit')).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(canvas.stage('unit')).toBeVisible();
  expect(await textOf(page)).toBe(SHOP);
});

test('F2 renames a stage where it stands, and refuses a name that is taken', async ({ page, app }) => {
  const canvas = await openShop(page, app);
  await canvas.stage('unit').click();
  const before = await canvas.middle('unit');
  await page.keyboard.press('F2');
  await page.keyboard.type('lint');
  await page.keyboard.press('Enter');
  await expect(page.getByText('There is a stage lint already.')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('tests');
  await page.keyboard.press('Enter');
  await expect(canvas.stage('tests')).toHaveAttribute('aria-selected', 'true');
  expect(await canvas.middle('tests')).toEqual(before);
  expect(await textOf(page)).toBe(SHOP.replaceAll('unit', 'tests'));
});

test('stages become a pipeline of the file, which opens as a canvas of its own', async ({ page, app }) => {
  const canvas = await openShop(page, app);
  await canvas.stage('unit').click();
  await canvas.stage('pack').click({ modifiers: ['Shift'] });
  await canvas.stage('pack').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Extract a pipeline…' }).click();
  await page.keyboard.type('checks');
  await page.keyboard.press('Enter');
  await expect(canvas.stage('checks')).toHaveAttribute('aria-selected', 'true');
  await expect(canvas.stage('unit')).toBeHidden();
  await canvas.rest('checks');
  await canvas.stage('checks').dblclick();
  await expect(canvas.stage('unit')).toBeVisible();
  await expect(canvas.stage('install')).toBeHidden();
  await page
    .getByRole('navigation', { name: 'Pipelines of the file' })
    .getByRole('button', { name: 'Stages' })
    .click();
  await expect(canvas.stage('install')).toBeVisible();
});

test('canvas, stages and edges have menus of their own', async ({ page, app }) => {
  const canvas = await openShop(page, app);
  const { x, y } = await canvas.empty();
  await page.mouse.click(x, y, { button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Add a stage here' })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Select all' }).click();
  await expect(canvas.said.filter({ hasText: '4 stages selected' })).toBeAttached();

  await page.mouse.click(x, y);
  await canvas.stage('lint').click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
  await page.keyboard.press('Escape');

  const [right, left] = [await canvas.handle('unit', 'right'), await canvas.handle('pack', 'left')];
  await page.mouse.click((right.x + left.x) / 2, right.y, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Disconnect' }).click();
  await expect(canvas.said.filter({ hasText: 'pack no longer needs unit' })).toBeAttached();
});

test('without a mouse stages are added, walked to, connected, found and deleted', async ({ page, app }) => {
  const canvas = await openShop(page, app);
  await canvas.room.focus();
  await page.keyboard.press('ArrowRight');
  await expect(canvas.stage('install')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('a');
  await page.keyboard.type('script');
  await page.keyboard.press('Enter');
  await expect(canvas.stage('script')).toHaveAttribute('aria-selected', 'true');
  await expect(canvas.said.filter({ hasText: 'Added script after install' })).toBeAttached();
  await expect(canvas.room).toBeFocused();

  await page.keyboard.press('c');
  await page.keyboard.press('/');
  await page.keyboard.type('pack');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(canvas.said.filter({ hasText: 'pack needs script now' })).toBeAttached();

  await page.keyboard.press('/');
  await page.keyboard.type('eslint');
  await page.keyboard.press('Enter');
  await expect(canvas.stage('lint')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Delete');
  await expect(canvas.stage('lint')).toBeHidden();
  await expect(canvas.stage('install')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(canvas.room).not.toBeFocused();
  const text = await textOf(page);
  expect(text).toContain('pack: { needs: [unit, script], run: npm pack }');
  expect(text).not.toContain('lint');
});
