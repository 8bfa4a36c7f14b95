import { expect, test } from './app-fixture.ts';
import { createGate } from './gate.ts';
import { countSeqs } from './wire.ts';

test('cancelling a run ends what runs and leaves out the rest', async ({ page, app }) => {
  const gate = createGate(app.served.dir, 'never');
  await app.openFolder(
    await app.project('slow', {
      'pipewright.yml': `name: Slow
stages:
  wait: { run: "${gate.wait}" }
  after: { needs: [wait], run: echo after }
`,
    }),
  );
  await app.pressRun();
  await expect(page.getByRole('option', { name: 'wait, Running' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('option', { name: 'wait, Cancelled' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible();
  await expect(page.getByRole('option', { name: /after, (Cancelled|Skipped)/ })).toBeVisible();
});

test('a reload in the middle of a run goes on where the run is', async ({ page, app }) => {
  const first = createGate(app.served.dir, 'first');
  const second = createGate(app.served.dir, 'second');
  const seqs = await countSeqs(page);
  await app.openFolder(await app.project('twice', { 'pipewright.yml': twoGates(first.wait, second.wait) }));
  await app.pressRun();
  await expect(page.getByRole('option', { name: 'one, Running' })).toBeVisible();
  await first.open();
  await expect(page.getByRole('option', { name: 'two, Running' })).toBeVisible();

  seqs.clear();
  await page.reload();
  await expect(page.getByRole('option', { name: 'one, Succeeded' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'two, Running' })).toBeVisible();
  await second.open();
  await expect(page.getByRole('option', { name: 'three, Succeeded' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible();
  // The new page got every event from the first to the last, each once.
  expect(seqs.list()).toEqual(countedTo(seqs.list().length));
});

test('a connection that is lost in the middle of a run loses and repeats nothing', async ({ page, app }) => {
  const first = createGate(app.served.dir, 'first');
  const second = createGate(app.served.dir, 'second');
  const seqs = await countSeqs(page);
  await app.openFolder(await app.project('lost', { 'pipewright.yml': twoGates(first.wait, second.wait) }));
  await app.pressRun();
  await expect(page.getByRole('option', { name: 'one, Running' })).toBeVisible();
  await seqs.cut();
  await first.open();
  await expect(page.getByRole('option', { name: 'two, Running' })).toBeVisible();
  await second.open();
  await expect(page.getByRole('option', { name: 'three, Succeeded' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible();
  expect(seqs.list()).toEqual(countedTo(seqs.list().length));
});

/** 1, 2, 3, …; three stages that start and finish are more than ten events. */
function countedTo(last: number): number[] {
  expect(last).toBeGreaterThan(10);
  return Array.from({ length: last }, (_, index) => index + 1);
}

const twoGates = (first: string, second: string): string => `name: Gates
stages:
  one: { run: "${first}" }
  two: { needs: [one], run: "${second}" }
  three: { needs: [two], run: echo done }
`;
