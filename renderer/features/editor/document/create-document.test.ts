import { describe, expect, it } from 'vitest';
import { documentOf } from './document-fixture.ts';

const SHOP = `name: Shop
# The first one.
stages:
  install: { run: npm ci }
  unit:
    needs: [install]
    run: npm test
`;

const rename = (id: string, to: string) => ({ type: 'rename-stage', scope: null, id, to }) as const;

describe('a document', () => {
  it('is read and checked when it opens', async () => {
    const { document } = await documentOf(SHOP);
    const { analysis, isDirty } = document.getState();
    expect(analysis?.stages.map(({ id, needs }) => [id, needs])).toEqual([
      ['install', []],
      ['unit', ['install']],
    ]);
    expect(isDirty).toBe(false);
  });

  it('makes operations as one step of undo, and keeps the comment', async () => {
    const { document, text, settle } = await documentOf(SHOP);
    const { actions } = document;
    const answer = await actions.apply(
      [rename('install', 'setup'), { type: 'set-field', path: ['stages', 'setup', 'timeout'], value: '10m' }],
      'Rename and limit',
    );
    expect(answer.ok).toBe(true);
    expect(text()).toContain('# The first one.\nstages:\n  setup: { run: npm ci, timeout: 10m }');
    expect(text()).toContain('needs: [setup]');
    await settle();
    expect(document.getState().analysis?.stages[0]?.id).toBe('setup');
    expect(document.getState().isDirty).toBe(true);
    expect(actions.undo()).toBe('Rename and limit');
    expect(text()).toBe(SHOP);
    expect(document.getState().isDirty).toBe(false);
    expect(actions.undo()).toBeNull();
    expect(actions.redo()).toBe('Rename and limit');
    expect(text()).toContain('needs: [setup]');
  });

  it('makes none of several operations when one is refused', async () => {
    const { document, text } = await documentOf(SHOP);
    const answer = await document.actions.apply([rename('install', 'setup'), rename('nope', 'x')], 'Rename');
    expect(answer.ok).toBe(false);
    expect(text()).toBe(SHOP);
  });

  it('computes an operation anew when somebody typed meanwhile', async () => {
    const { document, text } = await documentOf(SHOP);
    const answer = document.actions.apply([rename('install', 'setup')], 'Rename');
    document.actions.dispatch({ changes: { from: 0, insert: '# typed\n' } });
    expect((await answer).ok).toBe(true);
    expect(text()).toContain('# typed\nname: Shop');
    expect(text()).toContain('needs: [setup]');
  });

  it('makes operations that are asked for at once one after another', async () => {
    const { document, text } = await documentOf(SHOP);
    await Promise.all([
      document.actions.apply([rename('install', 'setup')], 'Rename'),
      document.actions.apply([rename('setup', 'prepare')], 'Rename'),
    ]);
    expect(text()).toContain('needs: [prepare]');
  });

  it('selects what was selected before a step that is taken back', async () => {
    const { document, settle } = await documentOf(SHOP);
    document.actions.select(['unit'], 'canvas');
    await document.actions.apply(
      [{ type: 'delete-stages', scope: null, ids: ['unit'], heal: true }],
      'Delete unit',
    );
    await settle();
    expect(document.getState().selection.stages).toEqual([]);
    document.actions.undo();
    await settle();
    expect(document.getState().selection.stages).toEqual(['unit']);
  });

  it('keeps what was read last while the text is broken, and says where', async () => {
    const { document, timers, settle } = await documentOf(SHOP);
    document.actions.dispatch({ changes: { from: SHOP.indexOf('[install]'), insert: '[' } });
    expect(document.getState().broken).toBeNull();
    timers.advance(1_000);
    await settle();
    const { broken, analysis } = document.getState();
    expect(broken?.issue).toMatchObject({ code: 'yaml-syntax', severity: 'error' });
    expect(analysis?.stages).toHaveLength(2);
    document.actions.undo();
    await settle();
    expect(document.getState().broken).toBeNull();
  });

  it('tells every transaction to a view, so that the view has the same state', async () => {
    const { document } = await documentOf(SHOP);
    let state = document.getState().editor;
    document.onTransactions((transactions) => {
      for (const transaction of transactions) {
        expect(transaction.startState).toBe(state);
        state = transaction.state;
      }
    });
    document.actions.dispatch([state.update({ changes: { from: 0, insert: '#\n' } })]);
    await document.actions.apply([rename('install', 'setup')], 'Rename');
    document.actions.undo();
    expect(state).toBe(document.getState().editor);
  });

  it('explains what could be better, and counts warnings of it at their stages', async () => {
    const { document } = await documentOf('stages:\n  deps: { run: npm ci }\n');
    const { analysis } = document.getState();
    expect(analysis?.explanations).toMatchObject([
      { code: 'missing-name', severity: 'hint', stage: null },
      { code: 'no-timeout', severity: 'warning', stage: 'deps', line: 2, column: 3, start: 10, end: 14 },
    ]);
    expect(analysis?.stages).toMatchObject([{ id: 'deps', errors: 0, warnings: 1 }]);
    expect(analysis?.runnable).toBe(true);
  });

  it('reads the files that the text names', async () => {
    const { document, disk, settle } = await documentOf('include: [ci/base.yml]\nstages: {}\n');
    expect(document.getState().analysis?.issues[0]).toMatchObject({ code: 'include-not-found' });
    disk.included['ci/base.yml'] = 'stages:\n  lint: { run: lint }\n';
    await document.actions.refresh();
    await settle();
    expect(document.getState().analysis?.stages).toMatchObject([{ id: 'lint', isIncluded: true }]);
    expect(document.getState().analysis?.runnable).toBe(true);
  });

  it('keeps places that people gave stages beside the file, also when a stage gets another name', async () => {
    const { document, disk, timers, settle, text } = await documentOf(SHOP);
    document.actions.place({ unit: { x: 10.4, y: 20 } });
    await document.actions.apply([rename('unit', 'tests')], 'Rename');
    await settle();
    timers.advance(1_000);
    await settle();
    expect(disk.places).toEqual({ '': { tests: { x: 10, y: 20 } } });
    document.actions.undo();
    expect(text()).toBe(SHOP);
    expect(document.getState().places['']?.['unit']).toEqual({ x: 10, y: 20 });
  });
});
