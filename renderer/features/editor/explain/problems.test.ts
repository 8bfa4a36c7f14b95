import { describe, expect, it } from 'vitest';
import { documentOf } from '../document/document-fixture.ts';
import { filterProblems, fixesByKind, problemsOf, stepProblem, type Problem } from './problems.ts';

const problem = (key: string, more: Partial<Problem> = {}): Problem => ({
  key,
  code: 'unknown-key',
  severity: 'error',
  message: `Message of ${key}`,
  hint: null,
  why: null,
  otherFile: null,
  line: 1,
  column: 1,
  start: 0,
  valuePath: [],
  stage: null,
  fixes: [],
  ...more,
});
const rename = (path: readonly (string | number)[], to: string) => ({
  title: `Change to ${to}`,
  operations: [{ type: 'rename-key', path, to } as const],
});

describe('the problems of a document', () => {
  it('are those of its text, the worst first, then in the order of the text', async () => {
    const { document } = await documentOf(
      'stages:\n  b: { run: x, neds: [] }\n  a: { run: x, needs: [missing] }\n',
    );
    const problems = problemsOf(document.getState());
    expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'unknown-key', stage: 'b', line: 2, otherFile: null },
      { code: 'missing-need', stage: 'a', line: 3 },
    ]);
    const ranks = problems.map(({ severity }) => ['error', 'warning', 'hint'].indexOf(severity));
    expect(ranks).toEqual(ranks.toSorted());
    expect(new Set(problems.map(({ key }) => key)).size).toBe(problems.length);
    await document.close();
  });

  it('are the one that stands in the way while the text cannot be read', async () => {
    const { document } = await documentOf('stages: [');
    expect(problemsOf(document.getState())).toMatchObject([{ code: 'yaml-syntax', severity: 'error' }]);
    await document.close();
  });

  it('of one kind are mended together, from the end of the text, as one step of undo', async () => {
    const before = 'stages:\n  a: { run: x, neds: [] }\n  b: { run: x, neds: [a] }\n';
    const { document, text } = await documentOf(before);
    const fix = fixesByKind(problemsOf(document.getState())).get('unknown-key');
    expect(fix).toMatchObject({ count: 2, title: 'Change to needs (2 times)' });
    await document.actions.apply(fix!.operations, fix!.title);
    expect(text()).toBe(before.replaceAll('neds', 'needs'));
    expect(document.actions.undo()).toBe(fix!.title);
    expect(text()).toBe(before);
    await document.close();
  });
});

describe('fixesByKind', () => {
  it('offers nothing where there is one problem of the kind, or none with a way out', () => {
    const fixable = problem('a', { fixes: [rename(['a'], 'b')] });
    expect(fixesByKind([fixable, problem('b')]).get('unknown-key')).toBeUndefined();
    expect(fixesByKind([]).get('unknown-key')).toBeUndefined();
  });

  it('makes an operation once that two problems propose, and counts what it mends', () => {
    const fixes = [rename(['a'], 'b')];
    const fix = fixesByKind([problem('a', { fixes }), problem('b', { fixes })]).get('unknown-key');
    expect(fix?.operations).toHaveLength(1);
    expect(fix?.count).toBe(2);
  });

  it('begins at the end of the text, so that indexes of lists stay right', () => {
    const problems = [0, 1].map((index) =>
      problem(`${index}`, { start: index, fixes: [rename(['list', index], `${index}`)] }),
    );
    const fix = fixesByKind(problems).get('unknown-key');
    expect(fix?.operations.map((operation) => 'path' in operation && operation.path[1])).toEqual([1, 0]);
    expect(fix?.title).toBe('Fix 2 issues');
  });
});

describe('filterProblems', () => {
  const problems = [
    problem('a', { stage: 'build' }),
    problem('b', { severity: 'hint', code: 'no-timeout', message: 'Uses the network' }),
  ];

  it('leaves out severities that are hidden', () => {
    expect(filterProblems(problems, { hidden: new Set(['error']), search: '' })).toEqual([problems[1]]);
  });

  it.each([
    ['BUILD', 'a'],
    ['no-time', 'b'],
    [' network ', 'b'],
  ])('finds %j by stage, kind or words', (search, key) => {
    expect(filterProblems(problems, { hidden: new Set(), search }).map((found) => found.key)).toEqual([key]);
  });
});

describe('stepProblem', () => {
  const problems = ['a', 'b', 'c'].map((key) => problem(key));
  const step = (cursor: { key: string; index: number } | null, by: 1 | -1) =>
    stepProblem(problems, cursor, by)?.key;

  it('begins at an end and goes round', () => {
    expect([step(null, 1), step(null, -1)]).toEqual(['a', 'c']);
    expect(step({ key: 'c', index: 2 }, 1)).toBe('a');
    expect(step({ key: 'a', index: 0 }, -1)).toBe('c');
  });

  it('goes on at the problem that took the place of one that was mended', () => {
    expect(step({ key: 'mended', index: 1 }, 1)).toBe('b');
    expect(step({ key: 'mended', index: 1 }, -1)).toBe('a');
    expect(step({ key: 'mended', index: 3 }, 1)).toBe('a');
  });

  it('goes nowhere when nothing is left', () => {
    expect(stepProblem([], { key: 'a', index: 0 }, 1)).toBeUndefined();
  });
});
