import { expect, it } from 'vitest';
import { documentOf } from '../document/document-fixture.ts';
import { marksOf } from './diagnostics.ts';

it('marks issues with their way out, and explanations with their reason and their fixes', async () => {
  const { document, text } = await documentOf(
    'name: x\nstages:\n  deps: { run: npm ci }\n  unit: { needs: [dep], run: make }\n',
  );
  const marks = marksOf(document.getState())!;
  const shown = marks.map(({ start, end, severity, more }) => ({
    text: text().slice(start, end),
    severity,
    more,
  }));
  expect(shown).toEqual([
    { text: 'dep', severity: 'error', more: 'Did you mean `deps`?' },
    { text: 'deps', severity: 'warning', more: expect.stringContaining('never answers') as string },
  ]);
  const [fix] = marks[1]!.fixes;
  await document.actions.apply(fix!.operations, fix!.title);
  expect(text()).toContain('deps: { run: npm ci, timeout: 30m }');
  await document.close();
});

it('marks nothing while a text is not checked yet', async () => {
  const { document } = await documentOf('stages: {}\n');
  expect(marksOf({ ...document.getState(), version: 99 })).toBeNull();
  await document.close();
});
