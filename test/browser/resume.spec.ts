import { expect, test } from './app-fixture.ts';
import { createGate } from './gate.ts';

test('a run whose host was killed goes on with a press on Resume and keeps what had finished', async ({
  page,
  app,
}) => {
  const gate = createGate(app.served.dir, 'second');
  await app.openFolder(
    await app.project('durable', {
      'pipewright.yml': `name: Durable
stages:
  one: { run: echo once }
  two: { needs: [one], run: "${gate.wait}" }
  three: { needs: [two], run: echo done }
`,
    }),
  );
  await app.pressRun();
  await expect(page.getByRole('option', { name: 'two, Running' })).toBeVisible();
  const { hash } = new URL(page.url());
  // A page that loses its host logs that; this is not about the page.
  await page.goto('about:blank');

  await page.goto(await app.served.restart());
  await page.evaluate((to) => location.assign(to), hash);
  await app.runIs('Interrupted');
  await expect(page.getByRole('option', { name: 'one, Succeeded' })).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('option', { name: 'two, Running' })).toBeVisible();
  await gate.open();
  await expect(page.getByRole('option', { name: 'three, Succeeded' })).toBeVisible();
  await page.getByRole('option', { name: 'one, Succeeded' }).click();
  await expect(page.getByRole('complementary', { name: 'Stage one' })).not.toContainText('Attempt 2');
});
