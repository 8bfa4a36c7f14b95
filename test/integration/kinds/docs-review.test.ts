import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const SOURCE = [
  '/** Adds. */',
  'export function add(a: number, b: number): number {',
  '  return a + b;',
  '}',
  'export const zero = 0;',
  '/** A counter. */',
  'export class Counter {',
  '  /** Now. */',
  '  value = 0;',
  '  next(): void {}',
  '  private hidden = 1;',
  '}',
].join('\n');

describe('test.docs', () => {
  it.skipIf(isMissing('codespell'))('reviews Markdown, links, spelling and the words on code', async () => {
    fixture.write(
      'tsconfig.json',
      '{"compilerOptions":{"target":"es2022","module":"nodenext"},"include":["src"]}',
    );
    fixture.write('src/index.ts', SOURCE);
    fixture.write(
      'README.md',
      '# Title\n\nSee [the guide](docs/a%20b.md#how-to) and [nothing](docs/none.md).\n',
    );
    fixture.write(
      'docs/a b.md',
      '# Guide\n\n### How to\n\nteh end, [top](/README.md#title), [web](https://example.invalid)\n',
    );
    const run = await fixture.runExample('test.docs');
    expect(run.outcome()).toBe('failed: 2 findings (1 high, 1 medium)');
    const found = run
      .report('findings')
      ?.findings.map((one) => `${one.tool} ${one.file}:${one.line} ${one.ruleId}`);
    expect(found?.sort()).toEqual([
      'codespell docs/a b.md:5 spelling',
      'links README.md:3 broken-link',
      'markdownlint-cli2 docs/a b.md:3 MD001',
      'typedoc src/index.ts:10 undocumented',
      'typedoc src/index.ts:5 undocumented',
    ]);
    expect(run.stage().outputs).toMatchObject({ coverage: '60' });
    const metrics = Object.fromEntries(
      run.report('metrics')?.metrics.map(({ name, value }) => [name, value]) ?? [],
    );
    expect(metrics).toEqual({ 'docs.coverage': 60, 'docs.symbols': 5, 'docs.links': 3 });
  });

  it('fails when too little of the code has words on it', async () => {
    fixture.write(
      'tsconfig.json',
      '{"compilerOptions":{"target":"es2022","module":"nodenext"},"include":["src"]}',
    );
    fixture.write('src/index.ts', SOURCE);
    const stage = { checks: ['coverage'], 'entry-points': 'src/index.ts', 'min-coverage': 61 };
    const run = await fixture.runStage({ uses: 'test.docs', with: stage });
    expect(run.outcome()).toBe('failed: 60 % of the exported code has words on it, less than 61 %');
  });

  it('checks headings, folders and links out of the workspace, whatever pages are called', async () => {
    mkdirSync(path.join(fixture.projectDir, 'docs'));
    fixture.write(
      '-a "b".md',
      [
        '# One',
        '[ok](#one) [no](#two) [dir](docs) [out](../../etc/passwd) [bad](%zz.md) ![p](x.png)',
        '[mail](mailto:a@b.example)',
      ].join('\n\n'),
    );
    const run = await fixture.runStage({ uses: 'test.docs', with: { checks: ['links'] } });
    expect(run.outcome()).toBe('failed: 4 findings (4 high)');
    expect(run.report('findings')?.findings.map(({ message }) => message)).toEqual([
      '#two: there is no such heading',
      '../../etc/passwd leads out of the workspace',
      '%zz.md is not there',
      'x.png is not there',
    ]);
  });

  it('follows the project’s own rules of Markdown and its own words', async () => {
    fixture.write('.markdownlint.json', '{"MD041":false}');
    fixture.write('a.md', 'teh start\n');
    const run = await fixture.runStage({
      uses: 'test.docs',
      with: { 'fail-on': 'low', words: ['teh'] },
    });
    expect(run.outcome()).toBe('succeeded');
  });

  it('checks links without any tool, and says what was left out', async () => {
    fixture.write('a.md', 'x\n');
    const env = { PATH: '/nonexistent' };
    const run = await fixture.runStage({ uses: 'test.docs', env });
    expect(run.outcome()).toBe('succeeded');
    expect(await run.log()).toContain(
      'Only links were looked at. No tool is there to review the documentation',
    );
    const named = await fixture.runStage({ uses: 'test.docs', env, with: { checks: ['spelling'] } });
    expect(named.outcome()).toMatch(/^infra-error: No tool is there to review the documentation: codespell/);
  });

  it('could not judge where nothing is there to be reviewed', async () => {
    for (const checks of [undefined, ['links'], ['markdown']]) {
      const run = await fixture.runStage({ uses: 'test.docs', with: { paths: '*.none', checks } });
      expect(run.outcome()).toMatch(/^infra-error: Nothing was checked/);
    }
    fixture.write('a.md', 'x\n');
    const run = await fixture.runStage({ uses: 'test.docs', with: { 'min-coverage': 1 } });
    expect(run.outcome()).toMatch(/^infra-error: Nobody told how much of the code has words on it/);
  });
});
