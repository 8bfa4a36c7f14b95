import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { test } from './desktop-fixture.ts';
import { ROOT } from './electron-runtime.ts';

interface Shown {
  readonly title: string;
  readonly body: string;
  emit(event: 'click'): boolean;
}
type Observed = typeof globalThis & { shown: Shown[] };

test('tells by a notification of the system of a run that ended behind its back; a click opens it', async ({
  desktop,
}) => {
  const { app, page } = await desktop.launch();
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await app.evaluate(({ BrowserWindow, Notification }) => {
    const shown: Shown[] = [];
    Object.assign(globalThis, { shown });
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Shown) {
      shown.push(this);
    };
    for (const window of BrowserWindow.getAllWindows()) window.isFocused = () => false;
  });
  const project = path.join(desktop.dir, 'shop');
  mkdirSync(project);
  writeFileSync(
    path.join(project, 'pipewright.yml'),
    'name: Shop\nworkspace: in-place\nnotifications: [{ when: [failed], desktop: true }]\nstages: { unit: { run: "exit 3" } }\n',
  );
  const cli = path.join(ROOT, 'out/main/cli.cjs');
  const run = spawnSync(process.execPath, [cli, '--data', desktop.dataDir, 'run'], { cwd: project });
  expect(run.status).toBe(1);

  const titles = (): Promise<string[]> =>
    app.evaluate(() => (globalThis as Observed).shown.map(({ title }) => title));
  await expect.poll(titles).toEqual(['Shop #1 failed']);
  await app.evaluate(() => (globalThis as Observed).shown[0]!.emit('click'));
  await expect(page.getByRole('heading', { name: /Shop/ })).toBeVisible();
  expect(page.url()).toMatch(/#\/run\//);
});
