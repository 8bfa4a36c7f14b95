import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test, type AppFixture } from './app-fixture.ts';

const PIPELINE = `# The shop.
name: Shop

on:
  push:
    branches: [main] # releases only

inputs:
  target:
    type: choice
    options: [staging, production]
    default: staging

env:
  NODE_ENV: test # everywhere
  PORT: 1.10

stages:
  # First things first.
  install:
    run: npm ci # quick

  unit:
    needs: [install]
    uses: test.unit
    with:
      command: npm test
    timeout: 10m # plenty

  pack:
    needs: [unit]
    run: |
      npm pack
      ls
    artifacts:
      - name: package
        paths: ["dist/*.tgz"]
`;

// A form is driven step by step, each of them saved.
test.describe.configure({ timeout: 120_000 });

/** A file that is open in the editor, and the form beside its canvas. */
class OpenForm {
  readonly page: Page;
  /** The form. */
  readonly side: Locator;
  readonly #file: string;
  #text: string;

  constructor(page: Page, file: string, text: string) {
    this.page = page;
    this.side = page.getByRole('complementary', { name: 'Details' });
    this.#file = file;
    this.#text = text;
  }

  /** Chooses a stage on the canvas. */
  async stage(id: string): Promise<void> {
    await this.page.getByRole('option', { name: new RegExp(`^${id}\\b`) }).click();
    await expect(this.side.getByRole('region', { name: `Settings of ${id}` })).toBeVisible();
  }

  /** A section of the form by its title. */
  section(title: string): Locator {
    return this.side.getByRole('group', { name: title, exact: true }).first();
  }

  field(label: string): Locator {
    return this.side.getByLabel(label, { exact: true });
  }

  add(what: string): Promise<void> {
    return this.side.getByRole('button', { name: `Add ${what}`, exact: true }).click();
  }

  /** Types into a field and leaves it. */
  async type(field: Locator, text: string): Promise<void> {
    await field.fill(text);
    await field.blur();
  }

  /** Saves; then all of the file is as it was, but for this one place. */
  async becomes(before: string, after: string): Promise<void> {
    expect(this.#text.split(before)).toHaveLength(2);
    this.#text = this.#text.replace(before, () => after);
    await this.saves(this.#text);
  }

  async saves(text: string): Promise<void> {
    this.#text = text;
    await expect
      .poll(async () => {
        await this.page.keyboard.press('Control+s');
        return readFile(this.#file, 'utf8');
      })
      .toBe(text);
  }

  get text(): string {
    return this.#text;
  }
}

async function openForm(
  page: Page,
  app: AppFixture,
  files: Readonly<Record<string, string>> = {},
): Promise<OpenForm> {
  const all = { 'pipewright.yml': PIPELINE, ...files };
  const dir = await app.project('shop', all);
  await app.openFolder(dir);
  await page.getByRole('row', { name: /Shop/ }).click();
  await expect(page.getByRole('region', { name: 'Settings of the file' })).toBeVisible();
  return new OpenForm(page, path.join(dir, 'pipewright.yml'), all['pipewright.yml']);
}

test('texts, scripts, numbers, times, switches and names of a stage change their line alone', async ({
  page,
  app,
}) => {
  const form = await openForm(page, app);
  const { side } = form;
  await form.stage('install');
  await form.type(form.field('Name'), 'Install packages');
  await form.becomes('  install:\n', '  install:\n    name: Install packages\n');
  const [id, name] = await Promise.all([form.field('Id').boundingBox(), form.field('Name').boundingBox()]);
  expect(name?.y).toBe(id?.y);
  await form.type(form.field('Script'), 'npm ci --ignore-scripts');
  await form.becomes('npm ci # quick', 'npm ci --ignore-scripts # quick');

  await form.stage('pack');
  await form.type(form.field('Script'), 'npm pack --silent\nls');
  await form.becomes('      npm pack\n', '      npm pack --silent\n');

  await form.stage('unit');
  const limit = form.field('Timeout');
  await form.type(limit, '15m');
  await form.becomes('timeout: 10m', 'timeout: 15m');
  await limit.fill('20m');
  await limit.press('Escape');
  await expect(limit).toHaveValue('15m');
  await form.add('retries');
  await form.type(form.field('Tries after the first'), '2');
  await form.becomes('    timeout: 15m # plenty\n', '    timeout: 15m # plenty\n    retry: 2\n');
  await form.type(form.field('Delay'), '5s');
  await form.becomes('    retry: 2\n', '    retry:\n      max: 2\n      delay: 5s\n');
  await form.section('Retries').getByRole('combobox', { name: 'Backoff' }).click();
  await page.getByRole('option', { name: 'exponential' }).click();
  await form.becomes('      delay: 5s\n', '      delay: 5s\n      backoff: exponential\n');
  await form.add('what follows a failure');
  await form.section('Failures').getByRole('switch').click();
  await form.becomes(
    '    timeout: 15m # plenty\n',
    '    timeout: 15m # plenty\n    continue-on-error: true\n',
  );

  await form.type(form.field('Id'), 'tests');
  await expect(side.getByRole('region', { name: 'Settings of tests' })).toBeVisible();
  await form.saves(form.text.replace('  unit:\n', '  tests:\n').replace('needs: [unit]', 'needs: [tests]'));
});

test('globs and lists change where they are written, and say what matches now', async ({ page, app }) => {
  const form = await openForm(page, app, { 'dist/a.tgz': '', 'dist/b.tgz': '', 'src/a.ts': '' });
  await form.stage('pack');
  const files = form.field('Files, line 1');
  await expect(form.section('Artifacts')).toContainText('2 files match now: dist/a.tgz, dist/b.tgz');
  await files.fill('dist/b*');
  await expect(form.section('Artifacts')).toContainText('1 file matches now: dist/b.tgz');
  await files.blur();
  await form.becomes('["dist/*.tgz"]', '["dist/b*"]');
  await form.section('Artifacts').getByRole('button', { name: 'Add a line' }).first().click();
  await form.type(form.field('Files, line 2'), 'src/**');
  await form.becomes('["dist/b*"]', '["dist/b*", src/**]');
  await form.field('Files, line 2').press('Alt+ArrowUp');
  await form.becomes('["dist/b*", src/**]', '[src/**, "dist/b*"]');
  await form.section('Artifacts').getByRole('button', { name: 'Remove', exact: true }).first().click();
  await form.becomes('[src/**, "dist/b*"]', '["dist/b*"]');
  await form.section('Artifacts').getByRole('button', { name: 'Add artifact' }).click();
  await form.becomes(
    '        paths: ["dist/b*"]\n',
    '        paths: ["dist/b*"]\n      - name: package\n        paths: dist/**\n',
  );
  await page.keyboard.press('Control+z');
  await form.becomes('      - name: package\n        paths: dist/**\n', '');
});

test('maps and secrets change where they are written', async ({ page, app }) => {
  const form = await openForm(page, app);
  const { side } = form;
  await form.stage('pack');
  await form.add('environment variables');
  await form.field('New name in Variables').fill('LEVEL');
  await form.field('New value in Variables').fill('3');
  await form.field('New value in Variables').press('Enter');
  await form.becomes('    artifacts:\n', '    env:\n      LEVEL: 3\n    artifacts:\n');
  await form.type(form.field('Value of LEVEL'), '4');
  await form.becomes('LEVEL: 3', 'LEVEL: 4');
  await form.type(form.field('Name of LEVEL'), 'DEPTH');
  await form.becomes('LEVEL: 4', 'DEPTH: 4');
  await side.getByRole('button', { name: 'Remove DEPTH' }).click();
  await form.becomes('    env:\n      DEPTH: 4\n', '');

  await form.add('secrets');
  await form.field('Add to secrets').fill('NPM_TOKEN');
  await form.field('Add to secrets').press('Enter');
  await expect(side).toContainText('NPM_TOKEN is not kept yet');
  await form.becomes('    artifacts:\n', '    secrets: NPM_TOKEN\n    artifacts:\n');
});

test('needs, conditions and a matrix change where they are written, and a circle is refused', async ({
  page,
  app,
}) => {
  const form = await openForm(page, app);
  const { side } = form;
  await form.stage('pack');
  await form.field('Add to needs').fill('install');
  await form.field('Add to needs').press('Enter');
  await form.becomes('needs: [unit]', 'needs: [unit, install]');
  await side.getByRole('button', { name: 'Remove unit' }).click();
  await form.becomes('needs: [unit, install]', 'needs: [install]');
  await side.getByRole('button', { name: 'After a failure', exact: true }).click();
  await form.becomes('    needs: [install]\n    run', '    needs: [install]\n    if: failure()\n    run');
  const condition = form.field('Condition');
  await condition.fill('git.');
  await page.getByRole('option', { name: /branch/ }).click();
  await expect(condition).toHaveValue('git.branch');
  await condition.pressSequentially(" == 'main'");
  await condition.press('Enter');
  await form.becomes('if: failure()', "if: git.branch == 'main'");
  await side.getByRole('button', { name: 'After success' }).click();
  await form.becomes("    if: git.branch == 'main'\n", '');

  await form.stage('install');
  await form.field('Add to needs').fill('pack');
  await form.field('Add to needs').press('Enter');
  await expect(form.section('When').getByRole('alert')).toContainText('pack');
  await form.field('Add to needs').press('ArrowDown');
  await expect(form.section('When').getByRole('alert')).toBeHidden();
  await form.saves(form.text);

  await form.stage('unit');
  await form.add('a matrix');
  await form.field('Name of the new axis').fill('node');
  await form.field('Values of the new axis').fill('22, 24');
  await form.field('Values of the new axis').press('Enter');
  await form.becomes('    uses: test.unit\n', '    matrix:\n      node: [22, 24]\n    uses: test.unit\n');
});

test('steps are added, written, moved and removed', async ({ page, app }) => {
  const form = await openForm(page, app);
  const { side } = form;
  await form.stage('install');
  await side.getByRole('button', { name: 'Kind: Script' }).click();
  await page.getByRole('option', { name: /^Steps/ }).click();
  await form.becomes(
    '    run: npm ci # quick\n',
    '    steps: # quick\n      - run: echo "Nothing to do yet"\n',
  );
  await form.type(form.field('Script'), 'npm ci');
  await form.becomes('echo "Nothing to do yet"', 'npm ci');
  await side.getByRole('button', { name: 'Add step', exact: true }).click();
  await form.type(form.field('Script').last(), 'npm run lint');
  await form.becomes('      - run: npm ci\n', '      - run: npm ci\n      - run: npm run lint\n');
  await side.getByRole('button', { name: 'More about npm run lint' }).click();
  await page.getByRole('menuitem', { name: 'Move up' }).click();
  await form.becomes(
    '      - run: npm ci\n      - run: npm run lint\n',
    '      - run: npm run lint\n      - run: npm ci\n',
  );
  await side.getByRole('button', { name: 'More about npm ci' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await form.becomes('      - run: npm ci\n', '');
});

test('the settings of the file: triggers with their times, inputs, variables, limits, and who is told', async ({
  page,
  app,
}) => {
  const form = await openForm(page, app, { 'src/a.ts': '' });
  const { side } = form;
  await form.type(form.field('Name').first(), 'Web shop');
  await form.becomes('name: Shop', 'name: Web shop');

  const triggers = form.section('Triggers');
  await triggers.getByRole('button', { name: 'New commits branches main' }).click();
  await form.field('Add to Branches').fill('release/*');
  await form.field('Add to Branches').press('Enter');
  await form.becomes('branches: [main] # releases only', 'branches: [main, release/*] # releases only');
  await form.type(form.field('Files, line 1'), 'src/**');
  await expect(triggers).toContainText('1 file matches now: src/a.ts');
  await form.becomes('# releases only\n', '# releases only\n    paths: src/**\n');
  await triggers.getByRole('button', { name: 'Add trigger' }).click();
  await page.getByRole('menuitem', { name: 'Times' }).click();
  await form.becomes('    paths: src/**\n', '    paths: src/**\n  schedule:\n    cron: 0 3 * * 1-5\n');
  await expect(triggers).toContainText(/Next: .+ · .+ · .+/);
  const cron = form.field('Cron expression');
  await cron.fill('0 3 * *');
  await expect(triggers).toContainText(
    'Write five parts: minute, hour, day of the month, month and day of the week',
  );
  await form.type(cron, '30 4 * * *');
  await expect(triggers).toContainText(/Next: .*30.* · .*30/);
  await form.becomes('0 3 * * 1-5', '30 4 * * *');
  await triggers.getByRole('button', { name: 'Add trigger' }).click();
  await page.getByRole('menuitem', { name: 'Polled repository' }).click();
  await form.becomes('    cron: 30 4 * * *\n', '    cron: 30 4 * * *\n  poll: {}\n');
  await form.type(form.field('Repository'), '--upload-pack=x');
  await expect(triggers).toContainText('must be an address such as');
  await form.type(form.field('Repository'), 'https://example.com/acme/shop.git');
  await form.becomes('  poll: {}\n', '  poll:\n    url: https://example.com/acme/shop.git\n');
  await triggers.getByRole('button', { name: 'More about Polled repository' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await form.becomes('  poll:\n    url: https://example.com/acme/shop.git\n', '');
  await triggers.getByRole('button', { name: 'More about New commits' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await form.becomes('  push:\n    branches: [main, release/*] # releases only\n    paths: src/**\n', '');

  await side.getByRole('button', { name: 'target', exact: true }).click();
  await form.type(form.field('Default'), 'production');
  await form.becomes('    default: staging\n', '    default: production\n');
  await form.type(form.field('Value of PORT'), '1.20');
  await form.becomes('PORT: 1.10', 'PORT: "1.20"');

  await form.add('limits of a run');
  await form.type(form.section('Limits').getByRole('textbox').first(), 'soon');
  await expect(form.section('Limits').getByRole('alert')).toContainText('Write a length of time such as 30s');
  await form.type(form.section('Limits').getByRole('textbox').first(), '1h');
  await form.saves(form.text.replace('\nstages:', '\ntimeout: 1h\n\nstages:'));
});

test('what is set on several stages is one step, which undo takes back', async ({ page, app }) => {
  const form = await openForm(page, app);
  const { side } = form;
  await form.stage('install');
  await page.getByRole('option', { name: /^pack\b/ }).click({ modifiers: ['Shift'] });
  await expect(side.getByRole('region', { name: 'Settings of 2 stages' })).toBeVisible();
  await form.add('a time limit');
  await form.type(form.field('Timeout'), '5m');
  const before = form.text;
  await form.saves(
    before
      .replace('run: npm ci # quick\n', 'run: npm ci # quick\n    timeout: 5m\n')
      .replace('      ls\n', '      ls\n    timeout: 5m\n'),
  );
  await page.keyboard.press('Control+z');
  await form.saves(before);
  await side.getByRole('button', { name: 'pack' }).click();
  await expect(side.getByRole('region', { name: 'Settings of pack' })).toBeVisible();
});

test('an expression is completed, shows what it gives, and goes back to a plain value', async ({
  page,
  app,
}) => {
  const form = await openForm(page, app);
  await form.stage('unit');
  const command = form.field('Command');
  await command.fill('npm test -- ${{ inp');
  await page.getByRole('option', { name: /inputs/ }).click();
  await command.pressSequentially('.tar');
  await page.getByRole('option', { name: /target/ }).click();
  await command.pressSequentially(' }}');
  await expect(form.side).toContainText('Gives npm test -- staging');
  await command.blur();
  await form.becomes('command: npm test', 'command: npm test -- ${{ inputs.target }}');
  await form.type(command, 'npm test -- ${{ inputs.nothing }}');
  await form.becomes('inputs.target }}', 'inputs.nothing }}');
  await expect(command).toHaveAttribute('aria-invalid', 'true');
  await expect(form.side.getByText(/nothing/).first()).toBeVisible();
  await page.keyboard.press('Control+z');
  await form.becomes('inputs.nothing }}', 'inputs.target }}');
});

test('while the text cannot be read, the form stays as it was and changes nothing', async ({ page, app }) => {
  const form = await openForm(page, app);
  const { side } = form;
  await page.getByRole('radio', { name: 'Split' }).click();
  await page.locator('.cm-line', { hasText: 'name: Shop' }).click();
  await page.keyboard.press('End');
  await page.keyboard.type(': [');
  await expect(side).toContainText('The text cannot be read now');
  await expect(form.field('Name').first()).toHaveValue('Shop');
  await expect(form.field('Name').first()).not.toBeEditable();
  await page.keyboard.press('Control+z');
  await expect(side).not.toContainText('The text cannot be read now');
  await form.type(form.field('Name').first(), 'Web shop');
  await form.becomes('name: Shop', 'name: Web shop');
});

test('what is added is there at once, with the keyboard in its first field', async ({ page, app }) => {
  const text = PIPELINE.replace(/inputs:[^]*?\n\n/, '').replace(/    artifacts:[^]*$/, '');
  const form = await openForm(page, app, { 'pipewright.yml': text });
  const { side } = form;
  await form.stage('pack');
  await form.add('artifacts');
  await expect(form.section('Artifacts').getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type('bundle');
  await form.saves(`${text}    artifacts:\n      - name: bundle\n        paths: dist/**\n`);
  await form.add('a cache');
  await expect(form.section('Cache').getByLabel('Key', { exact: true })).toBeFocused();

  await page.keyboard.press('Control+z');
  await page.getByRole('listbox', { name: 'Stages' }).press('Escape');
  await form.add('inputs');
  await expect(form.section('Inputs').getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type('region');
  await page.keyboard.press('Enter');
  await expect(side.getByRole('button', { name: 'region', exact: true })).toBeVisible();
  await form.section('Inputs').getByRole('combobox', { name: 'Type' }).click();
  await page.getByRole('option', { name: 'choice' }).click();
  // Faster than a file is read.
  await form.field('Add to Options').focus();
  await page.keyboard.type('north\nsouth\neast\n');
  for (const name of ['north', 'south', 'east'])
    await expect(form.section('Inputs').getByRole('button', { name: `${name}, edit` })).toBeVisible();
  await form.add('a template');
  await expect(form.section('Templates').getByLabel('Name', { exact: true })).toBeFocused();
});

test('what this version does not act on is shown where it is written, and not offered', async ({
  page,
  app,
}) => {
  const form = await openForm(page, app, { 'pipewright.yml': `${PIPELINE}    runs-on: pool\n` });
  const { side } = form;
  await form.stage('pack');
  await expect(form.section('Runs on')).toContainText('works from a later version');
  await form.stage('unit');
  await expect(side.getByRole('button', { name: 'Add retries' })).toBeVisible();
  await side.getByRole('button', { name: 'Add reports' }).click();
  await expect(form.section('Reports')).not.toContainText('Load');
});

test('what is wrong with the file as a whole stands at its head', async ({ page, app }) => {
  const dir = await app.project('shop', { 'pipewright.yml': 'name: Shop\n' });
  await app.openFolder(dir);
  await page.getByRole('row', { name: /pipewright\.yml/ }).click();
  const side = page.getByRole('complementary', { name: 'Details' });
  await expect(side.locator('header')).toContainText('The file has no stages');
  await expect(side.getByRole('group', { name: 'Pipeline', exact: true })).not.toContainText(
    'The file has no',
  );
  await expect(side.getByLabel('Name', { exact: true })).not.toHaveAttribute('aria-invalid');
});
