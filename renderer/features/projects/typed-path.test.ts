import { describe, expect, it } from 'vitest';
import { folderName, matchingEntries, splitTypedPath, withSeparator } from './typed-path.ts';

describe('splitTypedPath', () => {
  it('cuts at the last separator of either kind', () => {
    expect(splitTypedPath('/home/ada/sh')).toEqual({ dir: '/home/ada/', begun: 'sh' });
    expect(splitTypedPath('C:\\work\\')).toEqual({ dir: 'C:\\work\\', begun: '' });
    expect(splitTypedPath('shop')).toEqual({ dir: '', begun: 'shop' });
  });
});

describe('withSeparator', () => {
  it('ends a path with the separator that it uses, once', () => {
    expect(withSeparator('/home/ada')).toBe('/home/ada/');
    expect(withSeparator('/')).toBe('/');
    expect(withSeparator('C:\\work')).toBe('C:\\work\\');
  });
});

describe('folderName', () => {
  it('is the last name, or the path itself at the root', () => {
    expect(folderName('/home/ada/shop/')).toBe('shop');
    expect(folderName('C:\\work')).toBe('work');
    expect(folderName('/')).toBe('/');
  });
});

describe('matchingEntries', () => {
  const entries = [{ name: '.cache' }, { name: 'Shop' }, { name: 'site' }];

  it('finds by the beginning in any case and hides dot folders until a dot is typed', () => {
    expect(matchingEntries(entries, 's').map(({ name }) => name)).toEqual(['Shop', 'site']);
    expect(matchingEntries(entries, '').map(({ name }) => name)).toEqual(['Shop', 'site']);
    expect(matchingEntries(entries, '.').map(({ name }) => name)).toEqual(['.cache']);
  });
});
