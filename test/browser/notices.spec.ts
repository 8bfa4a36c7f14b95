import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type AppFixture } from './app-fixture.ts';

const CLI = path.resolve(import.meta.dirname, '../../out/main/cli.cjs');
const PIPELINE = `name: Shop
workspace: in-place
notifications: [{ when: [failed], desktop: true }]
stages: { unit: { run: "exit 3" } }
`;

interface Told {
  readonly title: string;
  readonly body: string | undefined;
  onclick: (() => void) | null;
}
type Observed = Window & { told: Told[]; permission: NotificationPermission };

/** A page that nobody looks at, whose browser has this answer. */
async function turnAway(page: Page, permission: NotificationPermission): Promise<void> {
  await page.addInitScript((answer) => {
    const observed = window as unknown as Observed;
    observed.told = [];
    observed.permission = answer;
    document.hasFocus = () => false;
    class Notification implements Told {
      static requestPermission(): Promise<NotificationPermission> {
        observed.permission = 'granted';
        return Promise.resolve('granted');
      }
      static get permission(): NotificationPermission {
        return observed.permission;
      }
      onclick: (() => void) | null = null;
      readonly body: string | undefined;
      readonly title: string;
      constructor(title: string, options?: NotificationOptions) {
        this.title = title;
        this.body = options?.body;
        observed.told.push(this);
      }
      close(): void {
        observed.told.splice(observed.told.indexOf(this), 1);
      }
    }
    Object.assign(window, { Notification });
  }, permission);
  await page.reload();
}

async function runBeside(app: AppFixture): Promise<void> {
  const project = await app.project('shop', { 'pipewright.yml': PIPELINE });
  const { status } = spawnSync(
    process.execPath,
    [CLI, '--data', path.join(app.served.dir, 'data'), '--project', project, 'run'],
    { cwd: project },
  );
  expect(status).toBe(1);
}

const titles = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as Observed).told.map(({ title }) => title));

test('a browser that may tells of a run while nobody looks, and a click opens it', async ({ page, app }) => {
  await turnAway(page, 'granted');
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await runBeside(app);
  await expect.poll(() => titles(page)).toEqual(['Shop #1 failed']);
  await page.evaluate(() => (window as unknown as Observed).told[0]!.onclick!());
  await expect(page).toHaveURL(/#\/run\//);
  expect(await titles(page)).toEqual([]);
});

test('a browser that was never asked is asked when the person says so', async ({ page, app }) => {
  await turnAway(page, 'default');
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await runBeside(app);
  await page.getByRole('button', { name: 'Allow' }).click();
  await runBeside(app);
  await expect.poll(() => titles(page)).toEqual(['Shop #2 failed']);
});
