import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPluginFixture, type PluginFixture } from './plugin-fixture.ts';

let fixture: PluginFixture;
beforeEach(async () => {
  fixture = await createPluginFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const CORE = pathToFileURL(
  path.resolve(import.meta.dirname, '../../../node_modules/@actions/core/lib/core.js'),
).href;

function writeAction(folder: string, manifest: string, files: Readonly<Record<string, string>> = {}): void {
  fixture.write(`${folder}/action.yml`, manifest);
  for (const [name, text] of Object.entries(files)) fixture.write(`${folder}/${name}`, text);
}

describe('a JavaScript action', () => {
  it('is the example of the docs: input, output, summary, and a post script when the stage is over', async () => {
    fixture.example('greet');
    await fixture.add('greet', './ci/greet');
    const run = await fixture.run({
      stages: {
        it: {
          steps: [
            { id: 'hello', uses: 'plugin:greet', with: { 'who-to-greet': 'Ada' } },
            { run: 'echo "between ${{ steps.hello.outputs.greeting }}"' },
          ],
        },
      },
    });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage()).toMatchObject({ outputs: { greeting: 'Hello, Ada' }, summary: '# Hello, Ada\n' });
    expect((await run.log()).split('\n').filter((line) => line !== '')).toEqual([
      'Hello, Ada',
      'between Hello, Ada',
      'Goodbye, Ada',
    ]);
  });

  it('leaves its annotations as findings', async () => {
    fixture.example('greet');
    await fixture.add('greet', './ci/greet');
    const run = await fixture.runStage({ uses: 'plugin:greet', with: { 'who-to-greet': 'nobody' } });
    expect(run.report('findings')?.findings).toMatchObject([
      { tool: 'greet', ruleId: 'lonely', severity: 'medium', file: 'README.md', line: 1 },
    ]);
    expect(await run.log()).toContain('warning: There is nobody to greet');
  });

  it('is an official one over @actions/core, unchanged', async () => {
    const main = `import * as core from ${JSON.stringify(CORE)};
      try {
        const names = core.getMultilineInput('names', { required: true });
        core.setOutput('list', names.join('\\n'));
        core.exportVariable('GREETED', String(names.length));
        core.addPath('/opt/greet/bin');
        core.saveState('isPost', 'true');
        core.setSecret('s3cr3t-value');
        core.info('the value is s3cr3t-value');
        core.group('Names', async () => core.info(names[0]));
        core.error('Nobody is called X', { file: 'names.txt', startLine: 3 });
        await core.summary.addHeading('Greeted').write();
        if (!core.getBooleanInput('good')) core.setFailed('It is not good');
      } catch (error) { core.setFailed(error); }`;
    const post = `import * as core from ${JSON.stringify(CORE)}; core.info('post ' + core.getState('isPost'));`;
    writeAction(
      'ci/names',
      `name: Names
inputs: { names: { required: true }, good: { default: 'true' } }
outputs: { list: { description: all } }
runs: { using: node20, main: dist/main.mjs, post: dist/post.mjs }`,
      { 'dist/main.mjs': main, 'dist/post.mjs': post },
    );
    await fixture.add('names', './ci/names');
    const stage = {
      steps: [
        { id: 'n', uses: 'plugin:names', with: { names: 'Ada\nGrace' } },
        { run: 'echo "$GREETED of $PATH"' },
      ],
    };
    const run = await fixture.run({ workspace: 'in-place', stages: { it: stage } });
    expect(run.outcome(), await run.log()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({ list: 'Ada\nGrace' });
    expect(run.stage().summary).toContain('Greeted');
    const log = await run.log();
    expect(log).toMatch(/^2 of \/opt\/greet\/bin:/m);
    expect(log).toContain('post true');
    expect(log).toContain('the value is ***');
    expect(log).not.toContain('s3cr3t-value');
    expect(run.report('findings')?.findings).toMatchObject([
      { file: 'names.txt', line: 3, severity: 'high' },
    ]);

    const failing = await fixture.runStage({ uses: 'plugin:names', with: { names: 'Ada', good: false } });
    expect(failing.outcome()).toMatch(/^failed/);
    expect(await failing.log()).toContain('post true');
  });

  it('gets no secret but in an input that may hold one', async () => {
    const main = `console.log('env ' + (process.env.TOKEN ?? 'none') + ', input ' + (process.env.INPUT_KEY ?? '').length);`;
    writeAction('ci/see', 'name: See\ninputs: { key: {} }\nruns: { using: node24, main: main.mjs }', {
      'main.mjs': main,
    });
    await fixture.add('see', './ci/see');
    await fixture.host.vault.set('TOKEN', { type: 'global' }, 'a-long-secret-value');
    const stage = { secrets: ['TOKEN'], uses: 'plugin:see', with: { key: '${{ secrets.TOKEN }}' } };
    const refused = await fixture.runStage(stage);
    expect(refused.outcome()).toContain('a secret stands in key, for which that is not allowed');
    await fixture.add('see', './ci/see', { secrets: ['key'] });
    const allowed = await fixture.runStage(stage);
    expect(allowed.outcome()).toBe('succeeded');
    expect(await allowed.log()).toContain('env none, input 19');
  });

  it('says what is missing when it asks for a service of GitHub', async () => {
    writeAction('ci/token', 'name: T\nruns: { using: node24, main: main.mjs }', {
      'main.mjs': `console.error('GITHUB_TOKEN is not set'); process.exit(1);`,
    });
    await fixture.add('token', './ci/token');
    expect((await fixture.runStage({ uses: 'plugin:token' })).outcome()).toBe(
      'failed: exit code 1. It asks for GITHUB_TOKEN, a service of GitHub that is not here.',
    );
  });
});

describe('a composite action', () => {
  it('runs its steps with their conditions, and hands on what it declares', async () => {
    writeAction(
      'ci/two',
      `name: Two
inputs: { word: { default: one } }
outputs: { said: { value: "\${{ steps.first.outputs.word }} then \${{ steps.inner.outputs.greeting }}" } }
runs:
  using: composite
  steps:
    - { id: first, shell: sh, env: { W: "\${{ inputs.word }}" }, run: 'echo "word=$W" >> "$GITHUB_OUTPUT"; echo "LATER=yes" >> "$GITHUB_ENV"' }
    - { if: "inputs.word == 'never'", shell: sh, run: 'exit 9' }
    - { id: inner, uses: ./inner, with: { who-to-greet: "\${{ inputs.word }}" } }
    - { shell: sh, run: 'echo "later $LATER in $GITHUB_ACTION_PATH"; exit 3' , continue-on-error: true }`,
      {
        'inner/action.yml':
          'name: Inner\ninputs: { who-to-greet: {} }\noutputs: { greeting: { value: "${{ steps.s.outputs.g }}" } }\nruns: { using: composite, steps: [ { id: s, shell: sh, run: \'echo "g=hi ${{ inputs.who-to-greet }}" >> "$GITHUB_OUTPUT"\' } ] }',
      },
    );
    await fixture.add('two', './ci/two');
    const run = await fixture.runStage({ uses: 'plugin:two', with: { word: 'sun' } });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs['said']).toBe('sun then hi sun');
    expect(await run.log()).toContain('later yes in ');
  });

  it('fails with its first step that fails, and steps for that still run', async () => {
    writeAction(
      'ci/bad',
      `name: Bad
runs: { using: composite, steps: [ { shell: sh, run: exit 4 }, { shell: sh, run: echo never }, { if: failure(), shell: sh, run: echo cleaning } ] }`,
    );
    await fixture.add('bad', './ci/bad');
    const run = await fixture.runStage({ uses: 'plugin:bad' });
    expect(run.outcome()).toBe('failed: exit code 4');
    expect(await run.log()).toContain('cleaning');
    expect((await run.log()).split('\n')).not.toContain('never');
  });

  it('may not use what would have to be fetched', async () => {
    writeAction('ci/far', 'name: F\nruns: { using: composite, steps: [ { uses: actions/checkout@v4 } ] }');
    await fixture.add('far', './ci/far');
    expect((await fixture.runStage({ uses: 'plugin:far' })).outcome()).toMatch(
      /^infra-error: plugin:far uses actions\/checkout@v4, which is not fetched while a stage runs/,
    );
  });
});
