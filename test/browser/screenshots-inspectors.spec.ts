import { expect } from './accessibility.ts';
import { test } from './app-fixture.ts';
import { camera } from './camera.ts';
import { seedReports } from './report-fixture.ts';

const EMPTY = [
  { tab: 'tests', title: 'No tests reported' },
  { tab: 'coverage', title: 'No coverage reported' },
  { tab: 'findings', title: 'Nothing looked for problems' },
  { tab: 'supply-chain', title: 'No bill of materials' },
] as const;

// What a person looks at to judge findings, supply chain, figures and the comparison of two runs.

for (const theme of ['dark', 'light'] as const) {
  test(`inspectors look as they should, ${theme}`, async ({ page, app }) => {
    const { runIds } = await seedReports(app.served);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const shoot = camera(page, theme);
    const last = `${app.served.url}#/run/${runIds.at(-1)}`;
    await page.goto(`${last}?tab=findings`);
    await page.getByRole('radio', { name: /All open/ }).click();
    await page.getByRole('grid', { name: 'Findings' }).getByText('eval').first().click();
    await expect(page.getByRole('textbox', { name: 'Source of src/cart.js' })).toBeVisible();
    await shoot('findings');
    await page.getByRole('button', { name: 'Ignore' }).click();
    await shoot('findings-ignore');
    await page.keyboard.press('Escape');
    await page.goto(`${last}?tab=supply-chain`);
    await page.getByRole('grid', { name: 'Components' }).getByText('sonic-boom').click();
    await shoot('supply-chain');
    await page.goto(`${last}?tab=metrics`);
    await expect(page.getByRole('img', { name: /over 4 runs/ }).first()).toBeVisible();
    await shoot('metrics');
    await page.goto(`${app.served.url}#/compare/${runIds[1]}/${runIds[3]}`);
    await expect(page.getByRole('heading', { name: 'Broken tests' })).toBeVisible();
    await shoot('compare');
  });

  test(`inspectors without anything to show say what would fill them, ${theme}`, async ({ page, app }) => {
    const pipeline = 'name: Plain\nstages:\n  hello: { run: echo hello }\n';
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await app.openFolder(await app.project('plain', { 'pipewright.yml': pipeline }));
    await app.pressRun();
    await app.runIs('Succeeded');
    const shoot = camera(page, theme);
    const run = page.url().replace(/\?.*$/, '');
    for (const { tab, title } of EMPTY) {
      await page.goto(`${run}?tab=${tab}`);
      await expect(page.getByText(title, { exact: true })).toBeVisible();
      await shoot(`${tab}-empty`);
    }
  });
}
