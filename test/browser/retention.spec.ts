import { expect, test } from './app-fixture.ts';

const FILES = {
  'pipewright.yml': `name: Keep
stages:
  a:
    run: node -e "require('fs').writeFileSync('out.txt', 'x')"
    artifacts: [{ name: short, paths: out.txt, retention: 1ms }, { name: long, paths: out.txt, retention: 14d }]
`,
};

test('a run is pinned from its screen and from the list, and expired artifacts are shown as such', async ({
  page,
  app,
}) => {
  await app.openFolder(await app.project('shop', FILES));
  await app.pressRun();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible();

  const header = page.getByRole('heading', { level: 1 });
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Pin this run' }).click();
  await expect(header.getByRole('img', { name: 'Pinned' })).toBeVisible();

  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  const row = page.getByRole('grid', { name: 'Runs' }).locator('[data-index]').first();
  await expect(row.getByRole('img', { name: 'Pinned' })).toBeVisible();
  await row.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Unpin' }).click();
  await expect(row.getByRole('img', { name: 'Pinned' })).toBeHidden();

  await row.click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Pin this run');
  await page.keyboard.press('Enter');
  await expect(header.getByRole('img', { name: 'Pinned' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Unpin this run');
  await page.keyboard.press('Enter');
  await expect(header.getByRole('img', { name: 'Pinned' })).toBeHidden();

  const collected = await page.evaluate(async () => {
    const answer = await fetch('/api/storage/collect', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    return answer.text();
  });
  expect(collected).toContain('"name":"short"');
  await page.reload();
  await page.getByRole('tab', { name: /^Artifacts/ }).click();
  const tree = page.getByRole('tree', { name: 'Artifacts' });
  await tree.getByRole('treeitem', { name: /short/ }).click();
  await expect(tree.getByRole('treeitem', { name: /short/ })).toContainText('expired');
  await expect(page.getByRole('note')).toContainText('This artifact has expired');
  await expect(page.getByRole('button', { name: 'Download' })).toBeHidden();
  await tree.getByRole('treeitem', { name: /long/ }).click();
  await expect(page.getByText('Kept until')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Download' })).toBeVisible();
});
