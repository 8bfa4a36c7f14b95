import type { Page } from '@playwright/test';
import { expect, test, type AppFixture } from './app-fixture.ts';

const SHOP = `name: Shop
stages:
  install:
    run: npm ci
  unit:
    neds: [install]
    run: npm test
  lint:
    neds: [install]
    run: npm run lint
  smoke:
    needs: [instal]
    run: curl -f http://localhost
`;

const issuesIn = (page: Page) => page.getByRole('region', { name: 'Issues' });
const textOf = (page: Page) => page.getByRole('textbox', { name: 'Text of the pipeline' });

async function openShop(page: Page, app: AppFixture, text = SHOP): Promise<void> {
  await app.openFolder(await app.project('shop', { 'pipewright.yml': text }));
  await page.getByRole('row', { name: /Shop/ }).first().click();
  await expect(issuesIn(page).getByRole('row').first()).toBeVisible();
}

test('a problem is mended by its button, and all of its kind at once; undo takes each back', async ({
  page,
  app,
}) => {
  await openShop(page, app);
  const issues = issuesIn(page);
  await page.getByRole('radio', { name: 'Split' }).click();
  const missing = issues.getByRole('row', { name: /instal\b/ });
  await missing.getByRole('button', { name: 'Change to install' }).click();
  await expect(missing).toBeHidden();
  await expect(textOf(page)).toContainText('needs: [install]');

  const unknown = issues.getByRole('row', { name: /Unknown key neds/ });
  await expect(unknown).toHaveCount(2);
  await unknown.first().getByRole('button', { name: 'More ways out' }).click();
  await page.getByRole('menuitem', { name: 'Fix all 2 of this kind' }).click();
  await expect(unknown).toHaveCount(0);
  await expect(textOf(page)).not.toContainText('neds');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(unknown).toHaveCount(2);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(missing).toBeVisible();
});

test('F8 walks through the problems and chooses their stages, also on the canvas', async ({ page, app }) => {
  await openShop(page, app);
  const current = issuesIn(page).getByRole('row', { selected: true });
  for (const [name, stage] of [
    [/Unknown key neds in stages.unit/, 'unit'],
    [/Unknown key neds in stages.lint/, 'lint'],
    [/instal\b/, 'smoke'],
  ] as const) {
    await page.keyboard.press('F8');
    await expect(current).toHaveAccessibleName(name);
    await expect(page.getByRole('region', { name: `Settings of ${stage}` })).toBeVisible();
  }
  await page.keyboard.press('Shift+F8');
  await expect(current).toHaveAccessibleName(/stages.lint/);
  await expect(page.getByRole('option', { name: /^lint,/ })).toHaveAttribute('aria-selected', 'true');

  await issuesIn(page).getByRole('grid', { name: 'Issues' }).focus();
  await page.keyboard.press('Control+.');
  await expect(issuesIn(page).getByRole('row', { name: /stages.lint/ })).toBeHidden();
  await page.keyboard.press('F8');
  await expect(current).toHaveAccessibleName(/instal\b/);
  await page.keyboard.press('Enter');
  await expect(textOf(page).locator('.cm-activeLine')).toContainText('needs: [instal]');
});

test('problems are filtered by severity and by words', async ({ page, app }) => {
  await openShop(page, app);
  const issues = issuesIn(page);
  const rows = issues.getByRole('row');
  await issues.getByRole('button', { name: '3 errors' }).click();
  await expect(issues.getByRole('row', { name: /Unknown key/ })).toHaveCount(0);
  await expect(issues.getByRole('row', { name: /without a time limit/ })).toHaveCount(2);
  await issues.getByRole('searchbox', { name: 'Find an issue' }).fill('curl');
  await expect(rows).toHaveCount(1);
  await issues.getByRole('searchbox', { name: 'Find an issue' }).fill('nothing of the kind');
  await issues.getByRole('button', { name: 'Show all' }).click();
  await expect(issues.getByRole('row', { name: /Unknown key/ })).toHaveCount(2);
  await issues.getByRole('button', { name: 'Issues', exact: true }).click();
  await expect(rows).toHaveCount(0);
});

test('an explanation tells its reason, and a comment silences it in its stage', async ({ page, app }) => {
  await openShop(page, app);
  const slow = issuesIn(page).getByRole('row', { name: /npm ci uses the network/ });
  await slow.getByRole('button', { name: 'Why' }).click();
  await expect(slow).toContainText('A server that never answers keeps the stage waiting');
  await slow.getByRole('button', { name: 'Ignore in this stage' }).click();
  await expect(slow).toBeHidden();
  await page.getByRole('radio', { name: 'Text' }).click();
  await expect(textOf(page)).toContainText('  # pipewright-ignore: no-timeout  install:');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(slow).toBeVisible();
});
