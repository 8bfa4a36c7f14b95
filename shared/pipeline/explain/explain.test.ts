import { expect, it } from 'vitest';
import { parsePipeline } from '../parse.ts';
import { applyOperations } from '../edits/apply-operations.ts';
import { explain } from './explain.ts';
import { explained } from '#test/support/explain/describe-rule.ts';
import { RULES } from './rules.ts';

const codesOf = (text: string): string[] => explained(text).map(({ code }) => code);

it('says nothing about a pipeline without anything to say about', () => {
  expect(codesOf('name: x\nstages: { a: { run: make } }\n')).toEqual([]);
});

it('explains in the order of the file', () => {
  const text =
    'stages:\n  a: { run: npm ci }\n  b: { run: npm test, continue-on-error: true }\nvars: { x: 1 }\n';
  expect(codesOf(text)).toEqual(['missing-name', 'no-timeout', 'ignored-tests', 'unused-variable']);
});

it('leaves out what comments ignore', () => {
  const text = (above: string, stage: string) =>
    `${above}name: x\nstages:\n${stage}  a: { run: npm ci }\n  b: { run: npm ci }\n`;
  expect(codesOf(text('', ''))).toEqual(['no-timeout', 'no-timeout']);
  expect(codesOf(text('', '  # pipewright-ignore: no-timeout\n'))).toEqual(['no-timeout']);
  expect(codesOf(text('# pipewright-ignore: no-timeout\n', ''))).toEqual([]);
});

it('has fixes that can be made together, from the end of the file', () => {
  const stage = (id: string, rest: string) => `  ${id}: { ${rest} }\n`;
  const script = '    run: |\n      make a\n      make b\n      make c\n';
  const text = [
    'inputs: { a: { default: x }, b: { default: x } }\nvars: { a: 1, b: 2 }\nstages:\n',
    stage('lint', 'run: eslint .'),
    stage('types', 'needs: lint, run: tsc --noEmit'),
    stage('unit', 'needs: [types], run: npm test, continue-on-error: true'),
    stage(
      'slow',
      'needs: unit, run: pytest, continue-on-error: true, env: { A_TOKEN: s3cret, B_TOKEN: s3cret }',
    ),
    stage('tell', 'run: echo hello, secrets: [A, B, C]'),
    stage('first', 'run: npm ci, cache: { key: a, paths: x }'),
    stage('second', 'run: npm ci, cache: [{ key: a, paths: x }, { key: b, paths: x }]'),
    stage('ship', 'needs: slow, if: always(), run: ./deploy.sh, retry: 2'),
    stage('shop', 'needs: [slow], if: always(), run: ./deploy.sh, retry: { max: 3 }'),
    `  x:\n${script}  y:\n${script}`,
  ].join('');
  const found = explained(text);
  const silenced = new Set<string>();
  for (const code of new Set(found.map((each) => each.code))) {
    const fixes = found.filter((each) => each.code === code && each.fixes.length > 0).toReversed();
    const operations = fixes.flatMap((each) => each.fixes[0]!.operations);
    const once = [...new Map(operations.map((each) => [JSON.stringify(each), each])).values()];
    const result = applyOperations(text, once);
    expect(result).toMatchObject({ ok: true });
    if (!result.ok || fixes.length === 0) continue;
    const messages = new Set(fixes.map(({ message }) => message));
    expect(explained(result.text).filter((each) => each.code === code && messages.has(each.message))).toEqual(
      [],
    );
    silenced.add(code);
  }
  expect(silenced.size).toBeGreaterThan(9);
});

it('leaves what other files bring to them', () => {
  const { pipeline, source } = parsePipeline(
    'name: x\ninclude: a.yml\nstages: { own: { run: curl x } }\n',
    'x.yml',
    {
      kinds: [],
      readInclude: () =>
        'inputs: { unused: { default: x } }\ntemplates: { t: { run: npm ci } }\nstages: { theirs: { run: npm ci } }\n',
    },
  );
  expect(explain({ pipeline, source })).toMatchObject([{ code: 'no-timeout', stage: 'own' }]);
});

it('explains what it understood of a file with errors, and nothing of what is no YAML', () => {
  const parse = (text: string) =>
    explain(parsePipeline(text, 'x.yml', { kinds: [] })).map(({ code }) => code);
  expect(parse('name: x\nstages: { a: { run: npm ci, oops: 1 } }\n')).toEqual(['no-timeout']);
  expect(parse('stages: [\n')).toEqual([]);
  expect(
    parse('stages: { a: { needs: [b, a] }, constructor: {}, toString: { needs: [hasOwnProperty] } }'),
  ).toBeDefined();
});

it('gives warnings before hints where there is too much to say', () => {
  const stages = Array.from({ length: 1_200 }, (_, index) => `  s${index}: { run: npm ci }\n`);
  const found = explained(`stages:\n${stages.join('')}`);
  expect(found).toHaveLength(1_000);
  expect(new Set(found.map(({ code }) => code))).toEqual(new Set(['no-timeout']));
});

it('has a code, a summary and a reason for each rule', () => {
  expect(new Set(RULES.map(({ code }) => code)).size).toBe(RULES.length);
  for (const { code, summary, why } of RULES) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(summary).toMatch(/^[A-Z].*[^.]$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
  }
});
