import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { diffPipelines, fieldName, isSame } from './diff-pipelines.ts';

const diff = (before: string, after: string) => diffPipelines(parse(before), parse(after));

describe('diffPipelines', () => {
  it('finds nothing in comments, order of keys, quotes and layout', () => {
    const before = "# one\nname: a\nstages:\n  x: { run: 'make', timeout: 5m }\n";
    const after = 'stages:\n  x:\n    timeout: 5m # two\n    run: make\nname: "a"\n';
    expect(isSame(diff(before, after))).toBe(true);
  });

  it('tells stages that came and went, with their edges', () => {
    const { stages } = diff(
      'stages: { a: { run: x }, b: { needs: a, run: y } }',
      'stages: { a: { run: x }, c: { needs: [a], run: z } }',
    );
    expect(
      stages.map(({ type, id, addedNeeds, removedNeeds }) => ({ type, id, addedNeeds, removedNeeds })),
    ).toEqual([
      { type: 'added', id: 'c', addedNeeds: ['a'], removedNeeds: [] },
      { type: 'removed', id: 'b', addedNeeds: [], removedNeeds: ['a'] },
    ]);
  });

  it('knows a stage again that has another name, and does not count who needs it as changed', () => {
    const { stages } = diff(
      'stages: { unit: { run: npm test, timeout: 5m }, pack: { needs: [unit], run: npm pack } }',
      'stages: { tests: { run: npm test, timeout: 5m }, pack: { needs: [tests], run: npm pack } }',
    );
    expect(stages).toEqual([
      {
        type: 'renamed',
        scope: null,
        id: 'tests',
        from: 'unit',
        addedNeeds: [],
        removedNeeds: [],
        fields: [],
      },
    ]);
  });

  it('knows a renamed stage by most of its keys', () => {
    const { stages } = diff(
      'stages: { unit: { run: npm test, timeout: 5m, retry: 1 } }',
      'stages: { tests: { run: npm test, timeout: 9m, retry: 1 } }',
    );
    expect(stages).toMatchObject([
      { type: 'renamed', from: 'unit', fields: [{ path: ['timeout'], before: '5m', after: '9m' }] },
    ]);
  });

  it('tells edges that moved apart from fields that changed', () => {
    const { stages } = diff(
      'stages: { a: { run: x }, b: { run: y }, c: { needs: a, run: z, env: { A: 1 } } }',
      'stages: { a: { run: x }, b: { run: y }, c: { needs: [b], run: z, env: { A: 2, B: 3 } } }',
    );
    expect(stages).toMatchObject([
      {
        type: 'changed',
        id: 'c',
        addedNeeds: ['b'],
        removedNeeds: ['a'],
        fields: [
          { path: ['env', 'A'], before: 1, after: 2 },
          { path: ['env', 'B'], after: 3 },
        ],
      },
    ]);
  });

  it('compares triggers, inputs and the pipelines of a file', () => {
    const { stages, fields } = diff(
      'on: push\npipelines: { deploy: { inputs: { to: {} }, stages: { push: { run: a } } } }\nstages: {}',
      'on: manual\npipelines: { deploy: { inputs: { to: { default: x } }, stages: { push: { run: b } } } }\nstages: {}',
    );
    expect(fields.map(({ path }) => fieldName(path))).toEqual(['on', 'pipelines.deploy.inputs.to.default']);
    expect(stages).toMatchObject([{ scope: 'deploy', id: 'push', fields: [{ path: ['run'] }] }]);
  });

  it('answers for files that hold no pipeline', () => {
    expect(isSame(diffPipelines(null, null))).toBe(true);
    expect(diffPipelines(null, { stages: { a: null } }).stages).toMatchObject([{ type: 'added', id: 'a' }]);
  });
});
