import { expect, test } from './app-fixture.ts';

const MATRIX = `name: Matrix
stages:
  install: { run: echo installed }
  unit:
    needs: [install]
    matrix: { node: [20, 22, 24, 26], fail-fast: false }
    run: test \${{ matrix.node }} != 24
    continue-on-error: true
  pack: { needs: [unit], run: echo packed }
`;

test('a matrix of four legs is one node with its counts, unfolds and folds again', async ({ page, app }) => {
  await app.openFolder(await app.project('matrix', { 'pipewright.yml': MATRIX }));
  await app.pressRun();
  await expect(page.getByRole('option', { name: 'pack, Succeeded' })).toBeVisible();
  const group = page.getByRole('option', { name: /^unit, .*3 succeeded, 1 failed of 4 legs/ });
  await expect(group).toBeVisible();
  await expect(page.getByRole('option')).toHaveCount(3);

  await group.getByTitle('Unfold unit').click();
  await expect(page.getByRole('option')).toHaveCount(7);
  await expect(page.getByRole('option', { name: 'unit (24), Failed' })).toBeVisible();

  // The same by keyboard: Space folds the matrix of the selected leg.
  await page.getByRole('option', { name: 'unit (24), Failed' }).click();
  await expect(page.getByRole('complementary', { name: 'Stage unit (24)' })).toContainText('node = 24');
  await page.getByRole('listbox', { name: 'Stages' }).press('Space');
  await expect(page.getByRole('option')).toHaveCount(3);
  await expect(page.getByRole('option', { selected: true })).toHaveText(/unit/);

  await group.click();
  const panel = page.getByRole('complementary', { name: 'Stage unit' });
  await panel.getByRole('button', { name: /node = 22/ }).click();
  await expect(page.getByRole('complementary', { name: 'Stage unit (22)' })).toBeVisible();
});

test('the graph grows when a matrix learns its legs from another stage', async ({ page, app }) => {
  await app.openFolder(
    await app.project('dynamic', {
      'pipewright.yml': `name: Dynamic
stages:
  list:
    run: echo 'parts=["a","b"]' >> "$PIPEWRIGHT_OUTPUT"
  part:
    needs: [list]
    matrix: { part: "\${{ fromJSON(needs.list.outputs.parts) }}" }
    run: echo \${{ matrix.part }}
`,
    }),
  );
  await app.pressRun();
  await expect(page.getByRole('option', { name: 'part (a), Succeeded' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'part (b), Succeeded' })).toBeVisible();
});
