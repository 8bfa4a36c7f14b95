import type { Locator, Page } from '@playwright/test';
import { expect } from './app-fixture.ts';

/**
 * The ways of a person through the editor: with the pointer (and the keys only for text), or with the keys alone. Each
 * move ends when the editor shows what it did.
 */
export interface Hand {
  /** Presses a button, a switch or an option. */
  press(target: Locator): Promise<void>;
  /** Writes a text into a field in the place of what it holds; `lines` of a script are written as one goes. */
  write(target: Locator, text: string): Promise<void>;
  /** Writes items into a list of chips, each ended with Enter. */
  list(target: Locator, items: readonly string[]): Promise<void>;
  choose(target: Locator, option: string): Promise<void>;
  /** Adds a stage of this kind with this id that needs others; it is the chosen one then, and its form is open. */
  addStage(kind: string, id: string, needs: readonly string[]): Promise<void>;
  /** Chooses a stage, so that its form shows. */
  chooseStage(id: string): Promise<void>;
  /** Leaves the stages, so that the form of the file shows. */
  chooseFile(): Promise<void>;
}

const MOST_TABS = 400;

export const details = (page: Page): Locator => page.getByRole('complementary', { name: 'Details' });
const canvas = (page: Page): Locator => page.getByRole('listbox', { name: 'Stages' });
export const stage = (page: Page, id: string): Locator =>
  canvas(page).getByRole('option', { name: new RegExp(`^${id},`) });

/** Pointer moves are real ones: presses, drags and drops at places of the screen. */
export function pointer(page: Page): Hand {
  const hand: Hand = {
    press: (target) => target.click(),
    write: async (target, text) => {
      await target.click();
      await replaceText(page, text);
    },
    list: async (target, items) => {
      await target.click();
      await typeItems(page, items);
    },
    choose: async (target, option) => {
      await target.click();
      await page.getByRole('option', { name: option, exact: true }).click();
    },
    addStage: async (kind, id, needs) => {
      const count = await canvas(page).getByRole('option').count();
      await page
        .getByRole('region', { name: 'Stages to add' })
        .getByRole('button', { name: kind, exact: true })
        .first()
        .dragTo(canvas(page), { targetPosition: { x: 40, y: 40 } });
      await expect(canvas(page).getByRole('option')).toHaveCount(count + 1);
      await hand.write(details(page).getByRole('textbox', { name: 'Id', exact: true }).first(), id);
      await expect(stage(page, id)).toHaveAttribute('aria-selected', 'true');
      for (const need of needs) await connect(page, need, id);
      await page.getByRole('button', { name: /^Tidy up/ }).click();
      await page.getByRole('button', { name: 'Show all' }).click();
      await hand.chooseStage(id);
    },
    chooseStage: async (id) => {
      await stage(page, id).click();
      await expect(details(page).getByRole('heading', { level: 2, name: id, exact: true })).toBeVisible();
    },
    chooseFile: async () => {
      await canvas(page).click({ position: { x: 8, y: 8 } });
    },
  };
  return hand;
}

/** Nothing here touches the pointer: what is wanted is reached by Tab, as it would be by somebody who has no other way. */
export function keys(page: Page): Hand {
  const press = async (target: Locator): Promise<void> => {
    await reach(page, target);
    await page.keyboard.press('Enter');
  };
  const enterCanvas = (): Promise<void> => reach(page, canvas(page));
  const hand: Hand = {
    press,
    write: async (target, text) => {
      await reach(page, target);
      await replaceText(page, text);
    },
    list: async (target, items) => {
      await reach(page, target);
      await typeItems(page, items);
    },
    choose: async (target, option) => {
      await press(target);
      await expect(page.getByRole('option', { name: option, exact: true })).toBeVisible();
      await page.keyboard.type(option);
      await page.keyboard.press('Enter');
    },
    addStage: async (kind, id, needs) => {
      const count = await canvas(page).getByRole('option').count();
      await enterCanvas();
      await page.keyboard.press('Escape');
      if (needs[0] !== undefined) await find(page, enterCanvas, needs[0]);
      await page.keyboard.press('a');
      await page.keyboard.type(kind);
      await page.keyboard.press('Enter');
      await expect(canvas(page).getByRole('option')).toHaveCount(count + 1);
      await enterCanvas();
      await page.keyboard.press('F2');
      await page.keyboard.press('Control+a');
      await page.keyboard.type(id);
      await page.keyboard.press('Enter');
      await expect(stage(page, id)).toHaveAttribute('aria-selected', 'true');
      await page.keyboard.press('Enter');
      if (needs.length > 1)
        await hand.list(
          details(page)
            .getByRole('textbox', { name: 'Add to needs' })
            .or(details(page).getByRole('combobox', { name: 'Add to needs' })),
          needs.slice(1),
        );
    },
    chooseStage: async (id) => {
      await find(page, enterCanvas, id);
    },
    chooseFile: async () => {
      await enterCanvas();
      await page.keyboard.press('Escape');
    },
  };
  return hand;
}

/** Finds a stage by its name, as `/` does. */
async function find(page: Page, enterCanvas: () => Promise<void>, id: string): Promise<void> {
  await enterCanvas();
  await page.keyboard.press('/');
  await page.keyboard.type(id);
  await page.keyboard.press('Enter');
  await expect(stage(page, id)).toHaveAttribute('aria-selected', 'true');
}

/** Tabs to the target, forwards or back. */
async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses <= MOST_TABS; presses += 1) {
    const way = await target.evaluate((wanted) => {
      const focused = document.activeElement;
      if (focused === wanted || focused === null) return null;
      return focused.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING ? 'Shift+Tab' : 'Tab';
    });
    if (way === null) return;
    await page.keyboard.press(way);
  }
  throw new Error(`${String(target)} was not reached with ${MOST_TABS} presses of Tab.`);
}

async function replaceText(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  await page.keyboard.press('Tab');
}

async function typeItems(page: Page, items: readonly string[]): Promise<void> {
  for (const item of items) {
    await page.keyboard.type(item);
    await page.keyboard.press('Enter');
  }
}

/** Drags from the right side of one stage to another. */
async function connect(page: Page, from: string, to: string): Promise<void> {
  const start = await middle(stage(page, from));
  const end = await middle(stage(page, to));
  await page.mouse.move(start.x, start.y);
  await page.mouse.move(start.right, start.y, { steps: 4 });
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 8 });
  await page.mouse.up();
  await expect(stage(page, to)).toHaveAccessibleName(new RegExp(`needs .*\\b${from}\\b`));
}

/** Of a card that no longer moves. */
async function middle(target: Locator): Promise<{ x: number; y: number; right: number }> {
  const room = async (): Promise<string> => JSON.stringify(await target.boundingBox());
  let before = '';
  await expect
    .poll(async () => {
      const present = await room();
      const isStill = present === before;
      before = present;
      return isStill;
    })
    .toBe(true);
  const box = JSON.parse(before) as { x: number; y: number; width: number; height: number };
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, right: box.x + box.width };
}
