import { describe, expect, it } from 'vitest';
import { documentOf } from '../document/document-fixture.ts';
import { ignoreProblem } from './apply-fix.ts';
import { ignoreEdit } from './ignore-problem.ts';
import { problemsOf } from './problems.ts';

const networkProblems = (document: Awaited<ReturnType<typeof documentOf>>['document']) =>
  problemsOf(document.getState()).filter(({ code }) => code === 'no-timeout');

describe('ignoring an explanation', () => {
  it('writes a comment above its stage, which silences it there alone, and can be undone', async () => {
    const before = 'name: Shop\nstages:\n  a:\n    run: npm ci\n  b:\n    run: npm ci\n';
    const { document, text, timers, settle } = await documentOf(before);
    const [first] = networkProblems(document);
    ignoreProblem(document, first!);
    expect(text()).toBe(before.replace('  a:', '  # pipewright-ignore: no-timeout\n  a:'));
    timers.advance(1_000);
    await settle();
    expect(networkProblems(document).map(({ stage }) => stage)).toEqual(['b']);
    expect(document.actions.undo()).toBe('Ignore no-timeout in a');
    expect(text()).toBe(before);
    await document.close();
  });

  it('finds stages of the pipelines of a file', async () => {
    const { document } = await documentOf(
      'name: Shop\nstages: { a: { run: make } }\npipelines:\n  ship:\n    stages:\n      a:\n        run: npm ci\n',
    );
    const [only] = networkProblems(document);
    expect(ignoreEdit(document.getState(), only!)?.text).toBe('      # pipewright-ignore: no-timeout\n');
    await document.close();
  });

  it('is not offered where a stage shares its line, nor for errors, nor while the text is newer', async () => {
    const { document } = await documentOf('name: Shop\nstages: { a: { run: npm ci } }\n');
    const [flow] = networkProblems(document);
    expect(ignoreEdit(document.getState(), flow!)).toBeNull();
    await document.close();

    const other = await documentOf('name: Shop\nstages:\n  a:\n    run: npm ci\n    neds: []\n');
    const [error] = problemsOf(other.document.getState());
    expect(error?.severity).toBe('error');
    expect(ignoreEdit(other.document.getState(), error!)).toBeNull();
    const [slow] = networkProblems(other.document);
    other.document.actions.dispatch({ changes: { from: 0, insert: '\n' } });
    expect(ignoreEdit(other.document.getState(), slow!)).toBeNull();
    await other.document.close();
  });
});
