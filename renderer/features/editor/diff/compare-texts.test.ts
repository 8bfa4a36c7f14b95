import { describe, expect, it } from 'vitest';
import { compareTexts } from './compare-texts.ts';
import type { Comparison } from './comparison.ts';

function compare(before: string, after: string): Comparison {
  const answer = compareTexts(before, after);
  if (!answer.ok) throw new Error(answer.message);
  return answer.comparison;
}

const BEFORE = `name: Shop
on: push
stages:
  install:
    run: npm ci
  # The slow one.
  unit:
    needs: [install]
    run: npm test
    timeout: 5m
  pack:
    needs: [unit]
    run: npm pack
`;

describe('compareTexts', () => {
  it('finds nothing in comments, quotes and layout', () => {
    const { changes, scopes } = compare(
      BEFORE,
      BEFORE.replace('# The slow one.', '# Fast.').replace('push', '"push"'),
    );
    expect(changes).toEqual([]);
    expect(scopes[0]?.stages.map(({ change }) => change)).toEqual([null, null, null]);
  });

  it('gives both texts of what has changed, without what they are indented by', () => {
    const { changes } = compare(BEFORE, BEFORE.replace('npm test', 'npm run unit'));
    expect(changes).toEqual([
      {
        key: 'stage [null,"unit"]',
        type: 'changed',
        scope: null,
        stage: 'unit',
        title: 'unit',
        from: null,
        fields: [{ name: 'run', before: 'npm test', after: 'npm run unit' }],
        before: 'unit:\n  needs: [install]\n  run: npm test\n  timeout: 5m',
        after: 'unit:\n  needs: [install]\n  run: npm run unit\n  timeout: 5m',
        offset: BEFORE.indexOf('unit:'),
      },
    ]);
  });

  it('draws a stage that is gone beside those that are there, with the edges that it had', () => {
    const { changes, scopes } = compare(
      BEFORE,
      'name: Shop\non: push\nstages:\n  install:\n    run: npm ci\n  pack:\n    needs: [install]\n    run: npm pack\n',
    );
    expect(changes.map(({ title, type, after }) => ({ title, type, after }))).toMatchObject([
      { title: 'pack', type: 'changed' },
      { title: 'unit', type: 'removed', after: null },
    ]);
    expect(scopes).toEqual([
      {
        scope: null,
        stages: [
          expect.objectContaining({ id: 'install', change: null, needs: [] }),
          expect.objectContaining({
            id: 'pack',
            change: 'changed',
            needs: ['install', 'unit'],
            addedNeeds: ['install'],
            removedNeeds: ['unit'],
          }),
          expect.objectContaining({
            id: 'unit',
            change: 'removed',
            needs: ['install'],
            removedNeeds: ['install'],
          }),
        ],
      },
    ]);
  });

  it('shows a renamed stage once, under the name that it has now', () => {
    const { changes, scopes } = compare(BEFORE, BEFORE.replaceAll('unit', 'tests'));
    expect(changes).toMatchObject([{ type: 'renamed', title: 'tests', from: 'unit', fields: [] }]);
    expect(changes[0]?.before).toContain('unit:');
    expect(scopes[0]?.stages.map(({ id }) => id)).toEqual(['install', 'tests', 'pack']);
  });

  it('takes keys of the file together by what a person thinks of as one part', () => {
    const { changes } = compare(
      'on: push\ntemplates: { a: { run: x, timeout: 1m } }\nstages: {}',
      'on: [push, manual]\ninputs: { to: {} }\ntemplates: { a: { run: y, timeout: 2m } }\nstages: {}',
    );
    expect(changes.map(({ title, type, fields }) => [title, type, fields.length])).toEqual([
      ['on', 'changed', 1],
      ['templates.a', 'changed', 2],
      ['inputs', 'added', 0],
    ]);
    expect(changes[0]).toMatchObject({ before: 'on: push', after: 'on: [push, manual]' });
    expect(changes[1]).toMatchObject({ before: 'a: { run: x, timeout: 1m }' });
  });

  it('compares the pipelines of a file on their own', () => {
    const { changes, scopes } = compare(
      'stages: { a: { run: x } }\npipelines: { ship: { stages: { push: { run: x } } } }',
      'stages: { a: { run: x } }\npipelines: { ship: { stages: { push: { run: y } } } }',
    );
    expect(changes).toMatchObject([{ scope: 'ship', stage: 'push', title: 'ship / push' }]);
    expect(scopes.map(({ scope }) => scope)).toEqual([null, 'ship']);
  });

  it('says which text cannot be read, and where', () => {
    expect(compareTexts('a: [', 'a: 1')).toMatchObject({
      ok: false,
      side: 'before',
      message: expect.stringMatching(/^line 1, column \d+: This is not valid YAML/) as string,
    });
    expect(compareTexts('', 'a: "')).toMatchObject({ ok: false, side: 'after' });
  });

  it('takes an empty text, which is what Git has of a new file, for one without stages', () => {
    const { changes } = compare('', BEFORE);
    expect(changes.every(({ type, before }) => type === 'added' && before === null)).toBe(true);
    expect(changes).toHaveLength(5);
  });
});
