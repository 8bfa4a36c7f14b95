import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { findChromium } from '../support/chromium.ts';
import { startServed, type Served } from './served.ts';

export interface AppFixture {
  readonly served: Served;
  /** Makes a project folder with these files and answers with its path. */
  project(name: string, files: Readonly<Record<string, string>>): Promise<string>;
  /** Opens a folder in the window as a person does; its pipelines are trusted then, unless the test is about that. */
  openFolder(dir: string, options?: { readonly trust?: boolean }): Promise<void>;
  /** Presses R where a pipeline can be run. */
  pressRun(): Promise<void>;
  /** Makes and runs the sample; ends on its run. */
  trySample(): Promise<void>;
  /** Waits until the run on the screen itself has this status; a stage may have it long before. */
  runIs(status: string): Promise<void>;
}

/** A page on a host of its own. It fails when the page logged an error. */
export const test = base.extend<{ app: AppFixture; chromium: undefined }>({
  // Automatic fixtures come first, so that no browser is launched that is not there.
  chromium: [
    // Playwright reads the names of what a fixture needs from this pattern.
    async ({}, use, { skip }) => {
      skip(
        isChromiumMissing(),
        'There is no Chromium here: install it, or name one in PIPEWRIGHT_TEST_CHROMIUM.',
      );
      await use(undefined);
    },
    { auto: true },
  ],
  app: async ({ page }, use) => {
    const served = await startServed();
    const errors = collectErrors(page);
    try {
      await page.goto(served.url);
      await use({
        served,
        project: (name, files) => writeProject(path.join(served.dir, name), files),
        openFolder: async (dir, { trust = true } = {}) => {
          await openFolder(page, dir);
          if (trust) await trustPipelines(page);
        },
        pressRun: async () => {
          await expect(page).toHaveURL(/#\/project\//);
          // A trigger's "Run now" is another thing: the screen of triggers may still be there.
          await expect(page.getByRole('button', { name: /^Run\b(?! now)/ }).first()).toBeEnabled();
          await page.keyboard.press('r');
        },
        trySample: () => trySample(page),
        runIs: async (status) => {
          const header = page.locator('header').filter({ has: page.getByRole('heading', { level: 1 }) });
          await expect(header.getByText(status, { exact: true })).toBeVisible({ timeout: 40_000 });
        },
      });
      expect(errors).toEqual([]);
    } finally {
      // Before the host: a page that loses it logs that.
      await page.close();
      await served.close();
    }
  },
});

export { expect };

/** On a machine for tests a missing browser is a fault; elsewhere it is said and left at that. */
const isChromiumMissing = (): boolean => findChromium() === null && process.env['CI'] === undefined;

/** The frame that shows an artifact runs no script; Playwright tries its own in every frame. */
const SANDBOXED = /^Blocked script execution in .* because the document's frame is sandboxed/;

function collectErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !SANDBOXED.test(message.text())) errors.push(message.text());
  });
  return errors;
}

async function writeProject(dir: string, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(dir, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return dir;
}

async function openFolder(page: Page, dir: string): Promise<void> {
  await page.keyboard.press('Control+o');
  const dialog = page.getByRole('dialog', { name: 'Open a folder' });
  await dialog.getByRole('combobox', { name: 'Folder' }).fill(`${dir}/`);
  await dialog.getByRole('button', { name: `Open ${path.basename(dir)}` }).click();
  await expect(page.getByRole('heading', { level: 1, name: path.basename(dir) })).toBeVisible();
}

/** As if somebody had been asked about each pipeline of the project in view. */
async function trustPipelines(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const projectId = /project\/([^/?]+)/.exec(location.hash)?.[1] ?? '';
    const answer = await fetch(`/api/projects/${projectId}/pipelines`);
    const files = (await answer.json()) as { file: string; issues: { severity: string }[] }[];
    for (const { file, issues } of files) {
      if (issues.some(({ severity }) => severity === 'error')) continue;
      await fetch('/api/trust/file', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ projectId, file }),
      });
    }
  });
}

async function trySample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try the sample' }).click();
  await expect(page).toHaveURL(/#\/run\//);
}
