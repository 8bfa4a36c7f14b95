import { execFileSync } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test, type AppFixture } from './app-fixture.ts';
import { details, keys, pointer, stage, type Hand } from './hands.ts';

const FIXTURE = path.resolve(import.meta.dirname, '../fixtures/sample-project');
const SMOKE = `room=$(mktemp -d)
tar -xzf "$ARCHIVE" -C "$room"
port=$(node tools/free-port.js)
PORT=$port node "$room/parcel-quote/server.js" > "$room/service.log" 2>&1 &
service=$!
trap 'kill "$service"; cat "$room/service.log"; rm -rf "$room"' EXIT
node tools/smoke.js "http://127.0.0.1:$port" "$VERSION"
`;
const EXPECTED = path.resolve(import.meta.dirname, 'expected/sample.yml');

for (const [name, handOf] of [
  ['the pointer', pointer],
  ['the keyboard', keys],
] as const) {
  test(`with ${name} alone the sample pipeline is built from an empty file, saved, simulated and run`, async ({
    page,
    app,
  }) => {
    test.setTimeout(300_000);
    page.setDefaultTimeout(8_000);
    await page.setViewportSize({ width: 1920, height: 1080 });
    const dir = await emptySample(page, app);
    const hand = handOf(page);
    await buildSample(page, hand);
    await page.keyboard.press('Control+s');
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    const written = await readFile(path.join(dir, 'pipewright.yml'), 'utf8');
    expect(written).toBe(await readFile(EXPECTED, 'utf8'));

    await hand.press(page.getByRole('button', { name: /^Simulate/ }));
    await expect(page.getByText(/^All 8 stages would run/)).toBeVisible();
    await page.keyboard.press('Escape');
    await hand.press(page.getByRole('button', { name: /^Run R/ }));
    await hand.press(page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }));
    await hand.press(page.getByRole('button', { name: 'Trust and run' }));
    await app.runIs('Succeeded');
  });
}

/** The sample project as somebody finds it who has no pipeline yet: committed, with an empty file. */
async function emptySample(page: Page, app: AppFixture): Promise<string> {
  const dir = await app.project('quote', { 'pipewright.yml': '' });
  await cp(FIXTURE, dir, { recursive: true, filter: (from) => !/pipewright(\.yml)?$/.test(from) });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Tests', '-c', 'user.email=tests@localhost', ...args], { cwd: dir });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'Parcel quote');
  await app.openFolder(dir, { trust: false });
  await page.getByRole('row', { name: /pipewright\.yml/ }).click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No stages yet' })).toBeVisible();
  return dir;
}

/** What a person does, one after the other; the hand knows how. */
async function buildSample(page: Page, hand: Hand): Promise<void> {
  const form = details(page);
  const button = (name: string): Locator => form.getByRole('button', { name, exact: true }).last();
  const field = (name: string): Locator =>
    form
      .getByRole('combobox', { name, exact: true })
      .or(form.getByRole('textbox', { name, exact: true }))
      .last();
  const write = (name: string, text: string): Promise<void> => hand.write(field(name), text);
  /** Adds another item, whose fields are the last of their names then. */
  const addItem = async (name: string, first: string): Promise<void> => {
    const fields = form.getByRole('combobox', { name: first, exact: true });
    const inputs = fields.or(form.getByRole('textbox', { name: first, exact: true }));
    const count = await inputs.count();
    await hand.press(button(name));
    await expect(inputs).toHaveCount(count + 1);
  };
  const variables = async (values: Readonly<Record<string, string>>): Promise<void> => {
    for (const [index, [name, value]] of Object.entries(values).entries()) {
      if (index > 0) await hand.press(button('Add'));
      await write('New name in Variables', name);
      await write('New value in Variables', value);
      await expect(form.getByRole('textbox', { name: `Name of ${name}`, exact: true })).toBeVisible();
    }
  };
  /** Adds a stage behind another. */
  const add = async (kind: string, id: string, needs: readonly string[]): Promise<void> => {
    await hand.addStage(kind, id, needs);
    await expect(stage(page, id)).toHaveAccessibleName(
      new RegExp(needs.length === 0 ? 'needs nothing$' : `needs ${needs[0]!}`),
    );
  };
  const steps = async (list: readonly (readonly [name: string, run: string])[]): Promise<void> => {
    for (const [index, [name, run]] of list.entries()) {
      if (index > 0) await addItem('Add step', 'Script');
      await write('Name', name);
      await write('Script', run);
    }
  };
  const limit = async (time: string): Promise<void> => {
    await hand.press(button('Add a time limit'));
    await write('Timeout', time);
  };
  const artifact = async (name: string, path: string): Promise<void> => {
    await addItem('Add artifacts', 'Name');
    await write('Name', name);
    await write('Files, line 1', path);
  };

  await test.step('the file', async () => {
    await write('Name', 'Parcel quote');
    await addItem('Add inputs', 'Name');
    await write('Name', 'version');
    await write('Description', 'The version to package');
    await write('Default', '1.4.0');
    await addItem('Add input', 'Name');
    await write('Name', 'channel');
    await hand.choose(field('Type'), 'choice');
    await write('Description', 'Who it is for');
    await write('Default', 'stable');
    await hand.list(field('Add to Options'), ['stable', 'beta']);
    await hand.press(button('Add variables'));
    await variables({ FORCE_COLOR: '1' });
    await hand.press(button('Add limits of a run'));
    await write('Timeout', '5m');
  });
  await test.step('checkout', async () => {
    await add('Steps', 'checkout', []);
    await steps([
      ['Is this a git repository?', 'git rev-parse --is-inside-work-tree'],
      [
        'Record commit and branch',
        `echo "commit=$(git rev-parse --short HEAD)" >> "$PIPEWRIGHT_OUTPUT"
echo "branch=$(git rev-parse --abbrev-ref HEAD)" >> "$PIPEWRIGHT_OUTPUT"
git log -n 3 --color=always --format='%C(yellow)%h%C(reset) %s'
`,
      ],
      ['Tools', 'node --version\ngit --version\n'],
    ]);
  });
  await test.step('what follows the checkout', async () => {
    await add('Script', 'lint', ['checkout']);
    await write('Script', 'node tools/lint.js');
    await limit('1m');
    await add('Unit tests', 'unit', ['checkout']);
    await write(
      'Command',
      `mkdir -p reports coverage
node --disable-warning=MaxListenersExceededWarning --test --experimental-test-coverage \\
  --test-reporter=spec --test-reporter-destination=stdout \\
  --test-reporter=junit --test-reporter-destination=reports/unit.xml \\
  --test-reporter=lcov --test-reporter-destination=coverage/lcov.info \\
  test/unit/*.test.js
`,
    );
    await write('JUnit results, line 1', 'reports/unit.xml');
    await write('Coverage, line 1', 'coverage/lcov.info');
    await limit('1m');
    await add('Script', 'api-contract', ['checkout']);
    await write(
      'Script',
      `mkdir -p reports
node --test \\
  --test-reporter=spec --test-reporter-destination=stdout \\
  --test-reporter=junit --test-reporter-destination=reports/api.xml \\
  test/api/*.test.js
`,
    );
    await hand.press(button('Add reports'));
    await write('JUnit results, line 1', 'reports/api.xml');
    await limit('1m');
    await add('Steps', 'notes', ['checkout']);
    await steps([
      [
        'Write the release notes',
        `mkdir -p dist/notes
{
  echo "# parcel-quote $VERSION"
  echo
  git log -n 20 --format='- %s (%h)'
} > dist/notes/RELEASE_NOTES.md
cat dist/notes/RELEASE_NOTES.md
`,
      ],
      ['Is the version in the changelog?', 'node tools/changelog.js "${{ inputs.version }}"'],
    ]);
    await hand.press(button('Add environment variables'));
    await variables({ VERSION: '${{ inputs.version }}' });
    await artifact('release-notes', 'dist/notes/RELEASE_NOTES.md');
  });
  await test.step('build, package, smoke', async () => {
    await add('Steps', 'build', ['checkout', 'lint', 'unit', 'api-contract']);
    await steps([
      ['Build', 'node tools/build.js'],
      ['Check what was built', 'for file in dist/parcel-quote/*.js; do node --check "$file"; done'],
      ['Report', 'node tools/report.js\ncat dist/site/summary.md >> "${PIPEWRIGHT_SUMMARY:-/dev/null}"\n'],
    ]);
    await hand.press(button('Add environment variables'));
    await variables({
      VERSION: '${{ inputs.version }}',
      CHANNEL: '${{ inputs.channel }}',
      COMMIT: '${{ needs.checkout.outputs.commit }}',
    });
    await artifact('site', 'dist/site/**');
    await add('Script', 'package', ['build']);
    await write(
      'Script',
      `file="dist/parcel-quote-$VERSION.tgz"
tar -czf "$file" -C dist parcel-quote
tar -tzf "$file"
echo "file=$file" >> "$PIPEWRIGHT_OUTPUT"
echo "version=$VERSION" >> "$PIPEWRIGHT_OUTPUT"
`,
    );
    await hand.press(button('Add environment variables'));
    await variables({ VERSION: '${{ inputs.version }}' });
    await artifact('package', 'dist/parcel-quote-*.tgz');
    await add('Script', 'smoke', ['package']);
    await write('Script', SMOKE);
    await hand.press(button('Add environment variables'));
    await variables({
      ARCHIVE: '${{ needs.package.outputs.file }}',
      VERSION: '${{ needs.package.outputs.version }}',
    });
    await limit('1m');
  });
}
