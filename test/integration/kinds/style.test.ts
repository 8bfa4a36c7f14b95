import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const ESLINT_CONFIG =
  'export default [{ ignores: ["src/ignored.js"] }, { rules: { "no-var": "error", "no-empty": "warn" } }];';

describe('test.style', () => {
  it('runs ESLint and Prettier, and fails on what they find', async () => {
    fixture.write('eslint.config.mjs', ESLINT_CONFIG);
    fixture.write('.prettierrc', '{}');
    fixture.write('src/a.js', 'var a=1;\nif (a) {\n}\n');
    fixture.write('src/-b "c".js', 'let  b;\n');
    fixture.write('src/ignored.js', 'var c;\n');
    const run = await fixture.runExample('test.style');
    expect(run.outcome()).toBe('failed: 3 findings (3 medium)');
    const found = run
      .report('findings')
      ?.findings.map((one) => `${one.tool} ${one.file} ${one.ruleId} ${one.severity}`);
    expect(found?.sort()).toEqual([
      'eslint src/a.js no-empty low',
      'eslint src/a.js no-var medium',
      'prettier src/-b "c".js format medium',
      'prettier src/a.js format medium',
    ]);
    const rules = run.report('findings')?.rules ?? [];
    expect(rules.find(({ id }) => id === 'no-var')?.helpUri).toBe(
      'https://eslint.org/docs/latest/rules/no-var',
    );
  });

  it('finds by their configuration that Biome, oxlint and stylelint are used', async () => {
    fixture.write('biome.json', '{}');
    fixture.write('.oxlintrc.json', '{"rules":{"no-debugger":"error"}}');
    fixture.write('.stylelintrc.json', '{"rules":{"property-no-unknown":true}}');
    fixture.write('a b.js', 'debugger\n');
    fixture.write('-s.css', 'a { colr: red; }\n');
    const run = await fixture.runStage({ uses: 'test.style' });
    expect(run.outcome()).toMatch(/^failed: /);
    const found = run.report('findings')?.findings.map((one) => `${one.tool} ${one.file} ${one.ruleId}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'biome a b.js format',
        'oxlint a b.js eslint(no-debugger)',
        'stylelint -s.css property-no-unknown',
      ]),
    );
  });

  it('mends what the tools can mend and keeps it as a patch', async () => {
    fixture.write('eslint.config.mjs', ESLINT_CONFIG);
    fixture.write('src/a b.js', 'var a = 1;\nif (a) {\n}\n');
    const run = await fixture.runStage({
      uses: 'test.style',
      with: { tool: ['eslint', 'prettier'], paths: 'src', fix: true },
    });
    expect(run.outcome()).toBe('succeeded');
    expect(fixture.read('src/a b.js')).toBe('let a = 1;\nif (a) {\n}\n');
    expect(run.report('findings')?.findings.map(({ ruleId }) => ruleId)).toEqual(['no-empty']);
    expect(run.stage().outputs).toMatchObject({ patch: 'style-fixes.patch' });
    expect(run.stage().artifacts.map(({ name }) => name)).toEqual(['style-fixes']);
    execFileSync('git', ['apply', '--reverse', 'style-fixes.patch'], { cwd: fixture.projectDir });
    expect(fixture.read('src/a b.js')).toBe('var a = 1;\nif (a) {\n}\n');
  });

  it('succeeds on clean files and leaves no patch where there is nothing to mend', async () => {
    fixture.write('.prettierrc', '{}');
    fixture.write('a.js', 'let a;\n');
    const run = await fixture.runStage({ uses: 'test.style', with: { paths: 'a.js', fix: true } });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({ checked: '1', findings: '0', patch: '' });
  });

  it('could not judge where ESLint crashes, nothing is looked at, or no tool is there', async () => {
    fixture.write('a.js', 'var a\n');
    const without = await fixture.runStage({ uses: 'test.style', with: { tool: 'eslint' } });
    expect(without.outcome()).toMatch(
      /^infra-error: eslint could not do its work: it ended with exit code 2\./,
    );
    fixture.write('eslint.config.mjs', 'export default [{ ignores: ["a.js"] }];');
    const ignored = await fixture.runStage({ uses: 'test.style', with: { tool: 'eslint', paths: 'a.js' } });
    expect(ignored.outcome()).toMatch(/^infra-error: Nothing was checked: the tools looked at no file/);
    const missing = await fixture.runStage({
      uses: 'test.style',
      with: { tool: 'eslint', paths: 'a.js' },
      env: { PATH: '/nonexistent' },
    });
    expect(missing.outcome()).toMatch(
      /^infra-error: No tool is there to check the style: eslint was not found/,
    );
  });

  it('refuses a patch outside of the workspace and arguments for several tools', async () => {
    fixture.write('eslint.config.mjs', ESLINT_CONFIG);
    fixture.write('.prettierrc', '{}');
    fixture.write('a.js', 'let a;\n');
    const outside = await fixture.runStage({ uses: 'test.style', with: { fix: true, patch: '../x.patch' } });
    expect(outside.outcome()).toMatch(/^failed: `patch`: \.\.\/x\.patch is not inside of the workspace/);
    const args = await fixture.runStage({ uses: 'test.style', with: { args: ['--quiet'] } });
    expect(args.outcome()).toMatch(
      /^failed: `args` are for one tool, and there are several: eslint, prettier\./,
    );
  });
});
