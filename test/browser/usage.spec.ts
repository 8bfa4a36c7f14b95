import { expect, test } from './app-fixture.ts';
import { createGate } from './gate.ts';

test('a stage shows what it uses while it runs, beside its limits, and keeps it when it has ended', async ({
  page,
  app,
}) => {
  const gate = createGate(app.served.dir, 'usage');
  const dir = await app.project('usage', {
    'pipewright.yml': `name: Usage
stages:
  build:
    run: "${gate.wait}"
    resources: { memory: 2Gi }
`,
  });
  await app.openFolder(dir);
  await app.pressRun();
  await expect(page.getByRole('option', { name: 'build, Running' })).toBeVisible();
  await page.getByRole('option', { name: 'build, Running' }).click();
  const usage = page.getByRole('region', { name: 'Usage' });
  await expect(usage).toBeVisible();
  await expect(usage.getByRole('img', { name: /^Processors: / })).toBeVisible();
  await expect(usage.getByRole('img', { name: /^Memory: .*limit 2\.1 GB/ })).toBeVisible();
  await gate.open();
  await app.runIs('Succeeded');
  await expect(usage).toBeVisible();
});
