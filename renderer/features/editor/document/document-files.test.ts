import { describe, expect, it } from 'vitest';
import { openDocument } from './create-document.ts';
import {
  createManualTimers,
  createMemoryFiles,
  directAnalyser,
  documentOf,
  type TestDocument,
} from './document-fixture.ts';

const SHOP = 'name: Shop\nstages:\n  a: { run: echo a }\n  b: { run: echo b }\n  c: { run: echo c }\n';

function type({ document, text }: TestDocument, before: string, inserted: string): void {
  document.actions.dispatch({ changes: { from: text().indexOf(before), insert: inserted } });
}

describe('saving', () => {
  it('gives a file its byte order mark and its line ends back', async () => {
    const opened = await documentOf(`\uFEFF${SHOP.replaceAll('\n', '\r\n')}`);
    type(opened, 'stages', 'env: {}\n');
    await opened.document.actions.save();
    expect(opened.disk.text).toBe(
      `\uFEFF${SHOP.replace('stages', 'env: {}\nstages').replaceAll('\n', '\r\n')}`,
    );
    expect(opened.document.getState().isDirty).toBe(false);
  });

  it('keeps line ends that differ, byte by byte', async () => {
    const mixed = SHOP.replace('Shop\n', 'Shop\r\n');
    const opened = await documentOf(mixed);
    await opened.document.actions.apply(
      [{ type: 'set-field', path: ['stages', 'c', 'run'], value: 'echo d' }],
      'Change the script',
    );
    await opened.document.actions.save();
    expect(opened.disk.text).toBe(mixed.replace('echo c', 'echo d'));
  });

  it('writes also what was asked for just before', async () => {
    const { document, disk } = await documentOf(SHOP);
    void document.actions.apply([{ type: 'set-field', path: ['name'], value: 'Store' }], 'Rename');
    await document.actions.save();
    expect(disk.text).toBe(SHOP.replace('Shop', 'Store'));
    expect(document.getState().isDirty).toBe(false);
  });

  it('refuses a file that may only be read, and changes of it', async () => {
    const { document, disk, text } = await documentOf(SHOP);
    disk.readOnly = 'pipewright.yml is read-only.';
    disk.change(SHOP);
    await expect(document.actions.save()).rejects.toMatchObject({
      code: 'file-read-only',
      message: 'pipewright.yml is read-only.',
    });
    const answer = await document.actions.apply(
      [{ type: 'set-field', path: ['name'], value: 'X' }],
      'Rename',
    );
    expect(answer).toEqual({ ok: false, reason: 'pipewright.yml is read-only.' });
    expect(text()).toBe(SHOP);
  });

  it('does not write over what somebody else wrote, unless it is told to', async () => {
    const opened = await documentOf(SHOP);
    type(opened, 'stages', '# mine\n');
    opened.disk.text = SHOP.replace('Shop', 'Store');
    await expect(opened.document.actions.save()).rejects.toMatchObject({ code: 'file-changed' });
    expect(opened.document.getState().disk).toEqual({ type: 'changed', text: SHOP.replace('Shop', 'Store') });
    await opened.document.actions.save(true);
    expect(opened.disk.text).toBe(SHOP.replace('stages', '# mine\nstages'));
    expect(opened.document.getState().disk).toEqual({ type: 'same' });
  });

  it('writes a file again that was removed, when it is told to', async () => {
    const { document, disk } = await documentOf(SHOP);
    disk.change(null);
    expect(document.getState()).toMatchObject({ disk: { type: 'removed' }, isDirty: true });
    await document.actions.save(true);
    expect(disk.text).toBe(SHOP);
    expect(document.getState()).toMatchObject({ disk: { type: 'same' }, isDirty: false });
  });
});

describe('a change on disk', () => {
  it('is taken over while nothing is unsaved, and leaves the cursor where it was', async () => {
    const opened = await documentOf(SHOP);
    const { document, disk, text } = opened;
    const at = SHOP.indexOf('echo b');
    document.actions.dispatch({ selection: { anchor: at } });
    disk.change(SHOP.replace('name: Shop', '# hello\nname: Web shop'));
    const { editor, isDirty } = document.getState();
    expect(text().slice(editor.selection.main.head)).toMatch(/^echo b/);
    expect(isDirty).toBe(false);
    expect(document.actions.undo()).toBe('Change on disk');
    expect(text()).toBe(SHOP);
  });

  it('is told while something is unsaved, and joined with it on demand', async () => {
    const opened = await documentOf(SHOP);
    const { document, disk, text } = opened;
    type(opened, '  c:', '  # mine\n');
    const theirs = SHOP.replace('Shop', 'Store');
    disk.change(theirs);
    expect(document.getState().disk).toEqual({ type: 'changed', text: theirs });
    expect(await document.actions.merge()).toEqual({ conflicts: 0 });
    expect(text()).toBe(theirs.replace('  c:', '  # mine\n  c:'));
    expect(document.getState()).toMatchObject({ disk: { type: 'same' }, isDirty: true });
    await document.actions.save();
    expect(disk.text).toBe(text());
    expect(document.actions.undo()).toBe('Merge with what is on disk');
  });

  it('leaves both where both changed the same line, marked and listed', async () => {
    const opened = await documentOf(SHOP);
    const { document, disk, text, settle } = opened;
    type(opened, 'echo b', 'time ');
    disk.change(SHOP.replace('echo b', 'echo B'));
    expect(await document.actions.merge()).toEqual({ conflicts: 1 });
    expect(text()).toContain(
      '  # <<<<<<< yours\n  b: { run: time echo b }\n  # ======= on disk\n  b: { run: echo B }\n  # >>>>>>> end of both\n',
    );
    await settle();
    expect(document.getState().analysis?.issues.map(({ code }) => code)).toContain('merge-conflict');
    expect(document.getState().analysis?.runnable).toBe(false);
  });

  it('can be ignored: what is here is saved over it', async () => {
    const opened = await documentOf(SHOP);
    type(opened, 'stages', '# mine\n');
    opened.disk.change(SHOP.replace('Shop', 'Store'));
    opened.document.actions.keepMine();
    await opened.document.actions.save();
    expect(opened.disk.text).toBe(SHOP.replace('stages', '# mine\nstages'));
  });

  it('can be taken; undo brings back what was here', async () => {
    const opened = await documentOf(SHOP);
    type(opened, 'stages', '# mine\n');
    const mine = opened.text();
    opened.disk.change(SHOP.replace('Shop', 'Store'));
    await opened.document.actions.reload();
    expect(opened.text()).toBe(SHOP.replace('Shop', 'Store'));
    expect(opened.document.getState()).toMatchObject({ disk: { type: 'same' }, isDirty: false });
    opened.document.actions.undo();
    expect(opened.text()).toBe(mine);
  });
});

describe('a draft', () => {
  it('is kept while something is unsaved, and goes with saving', async () => {
    const opened = await documentOf(SHOP);
    type(opened, 'stages', '# mine\n');
    expect(opened.disk.draft).toBeNull();
    opened.timers.advance(1_000);
    await opened.settle();
    expect(opened.disk.draft).toMatchObject({ text: opened.text(), baseText: SHOP, savedAt: 1_000 });
    await opened.document.actions.save();
    await opened.settle();
    expect(opened.disk.draft).toBeNull();
  });

  it('is restored when the file is opened again, and can be discarded', async () => {
    const first = await documentOf(SHOP);
    type(first, 'stages', '# mine\n');
    await first.document.close();
    const again = await documentOf(SHOP, first.disk.draft);
    expect(again.text()).toBe(first.text());
    expect(again.document.getState()).toMatchObject({ isDirty: true, restored: { savedAt: 0 } });
    await again.document.actions.discardDraft();
    expect(again.text()).toBe(SHOP);
    await again.settle();
    expect(again.disk.draft).toBeNull();
    expect(again.document.getState()).toMatchObject({ isDirty: false, restored: null });
  });

  it('of a file that has changed since is told as a change on disk', async () => {
    const first = await documentOf(SHOP);
    type(first, '  c:', '  # mine\n');
    await first.document.close();
    const changed = SHOP.replace('Shop', 'Store');
    const again = await documentOf(changed, first.disk.draft);
    expect(again.text()).toBe(first.text());
    expect(again.document.getState()).toMatchObject({
      isDirty: true,
      disk: { type: 'changed', text: changed },
    });
    expect(await again.document.actions.merge()).toEqual({ conflicts: 0 });
    expect(again.text()).toBe(changed.replace('  c:', '  # mine\n  c:'));
  });

  it('brings a file back that was removed meanwhile, as one that is gone from the disk', async () => {
    const first = await documentOf(SHOP);
    type(first, 'stages', '# mine\n');
    await first.document.close();
    const { disk, files } = createMemoryFiles(SHOP);
    disk.draft = first.disk.draft;
    disk.text = null;
    const document = await openDocument({
      analyser: directAnalyser,
      files,
      timers: createManualTimers(),
      key: files.file,
    });
    expect(document.getState().editor.doc.toString()).toBe(first.text());
    disk.change(null);
    expect(document.getState()).toMatchObject({ isDirty: true, disk: { type: 'removed' } });
    await document.actions.save(true);
    expect(disk.text).toBe(first.text());
  });
});
