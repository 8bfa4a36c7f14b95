import { expect, test } from './app-fixture.ts';
import { createGate } from './gate.ts';

test('a stage that tells how far it is has a bar in the graph and words beside it', async ({ page, app }) => {
  const first = createGate(app.served.dir, 'progress-first');
  const second = createGate(app.served.dir, 'progress-second');
  await app.openFolder(
    await app.project('progress', {
      'pipewright.yml': `name: Upload
stages:
  upload:
    run: |
      echo '::progress done=3 total=10::Uploading app.tgz'
      ${first.wait}
      echo '::progress done=8 total=10::Uploading docs.tgz'
      ${second.wait}
      exit 3
  ship:
    steps:
      - { name: pack, run: "true" }
      - { name: sign, run: "${second.wait}" }
`,
    }),
  );
  await app.pressRun();
  const node = page.getByRole('option', { name: 'upload, Running, 3 of 10: Uploading app.tgz' });
  await expect(node).toBeVisible();
  await expect(node).toContainText('30%');
  await expect(page.getByRole('option', { name: 'ship, Running, 1 of 2: sign' })).toBeVisible();
  const before = await node.boundingBox();

  await node.click();
  const panel = page.getByRole('complementary', { name: 'Stage upload' });
  await expect(panel.getByText('Running, 3 of 10: Uploading app.tgz')).toBeVisible();
  const bar = panel.getByRole('progressbar', { name: 'Progress of upload' });
  await expect(bar).toHaveAttribute('aria-valuenow', '30');

  await first.open();
  await expect(bar).toHaveAttribute('aria-valuenow', '80');
  const later = page.getByRole('option', { name: 'upload, Running, 8 of 10: Uploading docs.tgz' });
  await expect(later).toContainText('80%');
  expect(await later.boundingBox()).toEqual(before);

  await second.open();
  await expect(page.getByRole('option', { name: 'upload, Failed' })).not.toContainText('%');
  await expect(bar).toHaveCount(0);
  await expect(panel).toContainText('Got to8 of 10: Uploading docs.tgz');
});

test('the bar does not move where people want no motion', async ({ page, app }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const gate = createGate(app.served.dir, 'progress-still');
  await app.openFolder(
    await app.project('still', {
      'pipewright.yml': `name: Still
stages:
  count: { run: "echo ::progress done=1 total=2::; ${gate.wait}" }
`,
    }),
  );
  await app.pressRun();
  const node = page.getByRole('option', { name: 'count, Running, 1 of 2' });
  await expect(node).toContainText('50%');
  const bar = node.locator('[aria-hidden] > [style*="scaleX"]');
  await expect(bar).toHaveCSS('transition-duration', '1e-06s');
  await gate.open();
  await expect(page.getByRole('option', { name: 'count, Succeeded' })).toBeVisible();
});
