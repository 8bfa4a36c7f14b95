import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app-fixture.ts';

const PIPELINE = `name: Release
on: { push: { branches: [main], paths: ['src/**'] } }
inputs:
  target: { type: choice, options: [staging, production], default: staging }
stages:
  install: { run: 'echo "go=yes" >> $PIPEWRIGHT_OUTPUT' }
  unit: { needs: [install], matrix: { node: [18, 20, 22, 24] }, if: "matrix.node != 18", run: echo unit }
  maybe: { needs: [install], if: "needs.install.outputs.go == 'yes'", run: echo maybe }
  deploy: { needs: [unit], if: "git.branch == 'main' && inputs.target == 'production'", run: echo deployed }
  tell: { needs: [deploy], run: echo told }
`;

test('a simulation shows what an event would run, and why, and follows what is assumed and the file', async ({
  page,
  app,
}) => {
  const dir = await app.project('shop', { 'pipewright.yml': PIPELINE });
  await app.openFolder(dir);
  await page.getByRole('row', { name: /Release/ }).click();
  await expect(page.getByRole('option', { name: /^install,/ })).toBeVisible();
  await page.keyboard.press('s');
  const bar = page.getByRole('group', { name: 'Simulate' });
  const status = page.getByRole('main').getByRole('status');
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(page.getByRole('button', { name: /^Simulate/ })).toHaveAttribute('aria-pressed', 'true');
  await expect(status).toContainText('4 of 8 stages would run, and perhaps 1 more');
  await expect(page.getByRole('option', { name: 'unit, would run, 3 of 4 legs' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'maybe, not known yet' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'tell, skipped' })).toBeVisible();

  await bar.getByLabel('Branch', { exact: true }).fill('topic');
  const callout = page.getByText(
    'A push to topic would not start this pipeline: the branch topic is not chosen.',
  );
  await expect(callout).toBeVisible();
  await page.getByRole('option', { name: 'deploy, skipped' }).click();
  await expect(details.getByRole('region', { name: 'Why' })).toContainText('does not hold');
  await expect(details.getByRole('region', { name: 'Condition' })).toContainText('git.branch"topic"');

  await bar.getByLabel('Branch', { exact: true }).fill('main');
  await bar.getByRole('button', { name: 'Any files' }).click();
  await page.getByRole('dialog', { name: 'Changed files' }).getByRole('textbox').fill('docs/a.md');
  await expect(page.getByText(/would not start this pipeline: no chosen file changed/)).toBeVisible();
  await page.getByRole('dialog', { name: 'Changed files' }).getByRole('textbox').fill('docs/a.md\nsrc/a.ts');
  await expect(page.getByText(/would not start/)).toBeHidden();
  await page.keyboard.press('Escape');
  await bar.getByRole('button', { name: 'Inputs' }).click();
  await page.getByRole('combobox', { name: 'target' }).click();
  await page.getByRole('option', { name: 'production' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('option', { name: 'deploy, would run' })).toBeVisible();
  await expect(details.getByRole('region', { name: 'Condition' })).toContainText('inputs.target"production"');

  await writeFile(path.join(dir, 'pipewright.yml'), PIPELINE.replace('matrix.node != 18', 'false'));
  await expect(page.getByRole('option', { name: 'unit, skipped, 0 of 4 legs' })).toBeVisible();
  await page.getByRole('button', { name: 'End the simulation' }).click();
  await expect(bar).toBeHidden();
  await expect(page.getByRole('option', { name: /^unit, [Ss]cript/ })).toBeVisible();
});

test('a simulation estimates from the runs before it, and marks the critical path', async ({ page, app }) => {
  await app.openFolder(
    await app.project('timed', {
      'pipewright.yml': `name: Timed
stages:
  first: { run: echo first }
  second: { needs: [first], run: echo second }
`,
    }),
  );
  await app.pressRun();
  await expect(page.getByRole('option', { name: 'second, Succeeded' })).toBeVisible();
  await page.goBack();
  await page.getByRole('row', { name: /Timed pipewright.yml/ }).click();
  await page.getByRole('button', { name: /^Simulate/ }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('critical path first → second');
  await expect(
    page.getByRole('option', { name: /^second, would run, about .*, on the critical path$/ }),
  ).toBeVisible();
});
