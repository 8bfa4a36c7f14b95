import { expect, it } from 'vitest';
import { parsePipeline } from '../parse.ts';
import { explain } from './explain.ts';
import { explained } from './rule-fixture.ts';
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
