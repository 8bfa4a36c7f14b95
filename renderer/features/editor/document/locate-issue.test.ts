import { describe, expect, it } from 'vitest';
import { documentOf } from './document-fixture.ts';

async function issuesOf(text: string) {
  const { document } = await documentOf(text);
  return document.getState().analysis?.issues.map(({ code, valuePath }) => [code, valuePath]);
}

describe('the place of an issue', () => {
  it('is the file where it lacks something as a whole, though its first key stands there', async () => {
    expect(await issuesOf('name: Shop\n')).toEqual([['missing-key', []]]);
    expect(await issuesOf('')).toEqual([['empty-file', []]]);
  });

  it('is the value that is wrong, at the beginning of the file, too', async () => {
    expect(await issuesOf('nam: Shop\nstages: { a: { run: make } }\n')).toEqual([['unknown-key', ['nam']]]);
    expect(await issuesOf('stages: { a: { needs: b } }\n')).toContainEqual([
      'missing-need',
      ['stages', 'a', 'needs'],
    ]);
  });
});
