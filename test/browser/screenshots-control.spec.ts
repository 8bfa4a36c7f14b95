import type { Page } from '@playwright/test';
import { expect, test, type AppFixture } from './app-fixture.ts';
import { camera, SMALL, type Shoot } from './camera.ts';
import { createGate } from './gate.ts';

const pipeline = (wait: string): string => `name: Release
on: { schedule: "0 3 * * 1-5", watch: ["src/**"] }
stages:
  install:
    run: mkdir -p lib && echo x > lib/x
    cache: [{ key: "npm-\${{ hashFiles('package.json') }}", paths: [lib] }]
  unit:
    needs: [install]
    matrix: { node: [20, 22, 24, 26], os: [linux, mac], exclude: [{ node: 20, os: mac }], fail-fast: false }
    run: test "\${{ matrix.node }}\${{ matrix.os }}" != 24mac
    continue-on-error: true
    timeout: 10m
  browser:
    needs: [install]
    matrix: { engine: [chrome, firefox] }
    run: echo \${{ matrix.engine }}
  flaky:
    needs: [install]
    run: test -e tried || { touch tried; exit 3; }
    retry: { max: 2, backoff: constant, delay: 3s }
  nightly: { needs: [install], if: "git.branch == 'nightly'", run: echo nightly }
  slow: { needs: [browser], run: "${wait}" }
  ship:
    needs: [unit, flaky]
    approval: { message: "Ship 1.4.0 to production?", timeout: 2d }
  deploy: { needs: [ship, slow], run: echo deployed, environment: production, secrets: [DEPLOY_TOKEN] }
`;

for (const theme of ['light', 'dark'] as const) {
  test(`conditions, matrices, approvals and reuse can be shown in the ${theme} theme`, async ({
    page,
    app,
  }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const shoot = camera(page, theme, [SMALL]);
    await shootFile(page, app, shoot);
    await shootRun(page, app, shoot);
    await shootLists(page, shoot);
  });
}

async function shootFile(page: Page, app: AppFixture, shoot: Shoot): Promise<void> {
  const gate = createGate(app.served.dir, 'slow');
  await app.openFolder(
    await app.project('release', { 'pipewright.yml': pipeline(gate.wait), 'package.json': '{}\n' }),
  );
  await page
    .getByRole('row', { name: /Release/ })
    .first()
    .click();
  await page.getByRole('option', { name: /^unit/ }).click();
  await shoot('pipeline-badges');
}

async function shootRun(page: Page, app: AppFixture, shoot: Shoot): Promise<void> {
  await app.pressRun();
  await app.runIs('Running');
  const flaky = page.getByRole('complementary', { name: 'Stage flaky' });
  await page.getByRole('option', { name: /^flaky, / }).click();
  await expect(flaky).toContainText(/Tries again in/);
  await shoot('run-retry');
  await page.getByRole('option', { name: 'ship, Waiting for approval' }).click();
  await shoot('run-approval');
  await page.getByRole('button', { name: 'Approve' }).click();
  await shoot('run-approve-dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('option', { name: /^unit, / }).click();
  await shoot('run-matrix');
  await page.getByTitle('Unfold unit').click();
  await expect(page.getByRole('option', { name: 'unit (24, mac), Failed' })).toBeVisible();
  await shoot('run-matrix-unfolded');
  await page.getByTitle('Fold unit').click();
  await page.getByRole('option', { name: 'nightly, Skipped' }).click();
  await shoot('run-condition');
  await page.getByRole('option', { name: /^install, / }).click();
  await shoot('run-cache');
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  await expect(page.getByRole('row', { name: /Release/ })).toContainText('waits for approval');
  await page.getByRole('button', { name: '1 waiting' }).click();
  await shoot('approvals-inbox');
  await page.keyboard.press('Escape');
  await page.getByRole('row', { name: /Release/ }).click();

  const { hash } = new URL(page.url());
  await page.goto('about:blank');
  await page.goto(await app.served.restart());
  await page.evaluate((to) => location.assign(to), hash);
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'slow, Ready' })).toBeVisible();
  await shoot('run-interrupted');
  await page.getByRole('button', { name: 'More ways to run it' }).click();
  await shoot('run-rerun-menu');
  await page.getByRole('menuitem', { name: 'Rerun failed' }).click();
  await expect(page.getByRole('heading', { name: 'Release #2' })).toBeVisible();
  await page.getByRole('option', { name: 'install, Succeeded' }).click();
  await expect(page.getByRole('complementary', { name: 'Stage install' })).toContainText('run #1');
  await shoot('run-reused');
}

async function shootLists(page: Page, shoot: Shoot): Promise<void> {
  await page.getByRole('link', { name: 'Triggers', exact: true }).click();
  await expect(page.getByRole('row', { name: /Release/ })).toHaveCount(2);
  await shoot('triggers');
  await page.getByRole('link', { name: 'Secrets', exact: true }).click();
  await expect(page.getByText('There are no secrets')).toBeVisible();
  await shoot('secrets-none');
  await page.getByRole('button', { name: 'Add a secret' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a secret' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('DEPLOY_TOKEN');
  await dialog.getByLabel('Value').fill('a-token-of-some-length');
  await shoot('secrets-add');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('row', { name: /DEPLOY_TOKEN/ })).toBeVisible();
  await shoot('secrets');
}
