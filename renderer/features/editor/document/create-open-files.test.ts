import { describe, expect, it } from 'vitest';
import { projectIdOf } from '#shared/lib/ids.ts';
import { createOpenFiles, neighbourOf, type OpenFile } from './create-open-files.ts';
import { documentOf } from './document-fixture.ts';

const TEXT = 'stages: { a: { run: echo a } }\n';
const projectId = projectIdOf('p');
const place = { projectId, file: 'pipewright.yml' };
const other = { projectId, file: '.pipewright/release.yml' };

const namesOf = (files: readonly OpenFile[]): readonly string[] => files.map(({ file }) => file);

describe('open files', () => {
  it('are read once however often they are shown', async () => {
    const files = createOpenFiles();
    let reads = 0;
    const read = async () => {
      reads += 1;
      return (await documentOf(TEXT)).document;
    };
    const [first, second] = await Promise.all([files.open(place, read), files.open({ ...place }, read)]);
    expect(second).toBe(first);
    expect(await files.open(place, read)).toBe(first);
    expect(reads).toBe(1);
    expect(files.getState().files).toEqual([{ ...place, document: first }]);
  });

  it('keep the order in which they were opened, those of an earlier session first', async () => {
    const files = createOpenFiles([other]);
    await files.open(place, async () => (await documentOf(TEXT)).document);
    await files.open(other, async () => (await documentOf(TEXT)).document);
    expect(namesOf(files.getState().files)).toEqual([other.file, place.file]);
  });

  it('lose the tab of a file that cannot be read, which can be tried again', async () => {
    const files = createOpenFiles([place]);
    await expect(files.open(place, () => Promise.reject(new Error('It is gone.')))).rejects.toThrow('gone');
    expect(files.getState().files).toEqual([]);
    await files.open(place, async () => (await documentOf(TEXT)).document);
    expect(namesOf(files.getState().files)).toEqual([place.file]);
  });

  it('that are closed keep what is not saved in the draft, unless it is to be discarded', async () => {
    for (const discard of [false, true]) {
      const files = createOpenFiles();
      const opened = await documentOf(TEXT);
      await files.open(place, () => Promise.resolve(opened.document));
      opened.document.actions.dispatch({ changes: { from: 0, insert: '# mine\n' } });
      opened.timers.advance(1_000);
      await opened.settle();
      expect(opened.disk.draft?.text).toBe(`# mine\n${TEXT}`);
      await files.close(place, discard);
      expect(opened.disk.draft?.text ?? null).toBe(discard ? null : `# mine\n${TEXT}`);
      expect(files.getState().files).toEqual([]);
    }
  });

  it('keep all drafts at once when the window goes', async () => {
    const files = createOpenFiles();
    const opened = await documentOf(TEXT);
    await files.open(place, () => Promise.resolve(opened.document));
    opened.document.actions.dispatch({ changes: { from: 0, insert: '# mine\n' } });
    await files.keepDrafts();
    expect(opened.disk.draft?.text).toBe(`# mine\n${TEXT}`);
  });

  it('end a document that was closed while it was read', async () => {
    const files = createOpenFiles();
    const opened = await documentOf(TEXT);
    const reading = files.open(place, () => Promise.resolve(opened.document));
    await files.close(place);
    await reading;
    await opened.settle();
    expect(files.getState().files).toEqual([]);
    opened.disk.change('name: Changed\n');
    expect(opened.text()).toBe(TEXT);
  });
});

describe('neighbourOf', () => {
  const tabs = ['a', 'b', 'c'].map((file): OpenFile => ({ projectId, file, document: null }));

  it.each([
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'b'],
  ])('of %s is %s', (closed, next) => {
    expect(neighbourOf(tabs, { projectId, file: closed })?.file).toBe(next);
  });

  it('is nothing for the last tab', () => {
    expect(neighbourOf(tabs.slice(0, 1), { projectId, file: 'a' })).toBeNull();
  });
});
