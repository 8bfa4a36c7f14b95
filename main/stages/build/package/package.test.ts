import { expect, it } from 'vitest';
import { differenceOf } from './expected.ts';
import { debContents } from './system-packages.ts';

it('tells what is missing in a package, and what nobody expects', () => {
  const contents = ['package.json', 'dist/a.js', 'dist/b/c.js', '.env'];
  expect(differenceOf(contents, ['package.json', 'dist/', 'README.md'])).toEqual({
    missing: ['README.md'],
    unexpected: ['.env'],
  });
});

it('reads what is in a Debian package', () => {
  const list = [
    'drwxr-xr-x root/root         0 1980-01-01 00:00 ./',
    '-rwxr-xr-x root/root        12 1980-01-01 00:00 ./usr/bin/my app',
    'lrwxrwxrwx root/root         0 1980-01-01 00:00 ./usr/bin/x -> my app',
  ];
  expect(debContents(list.join('\n'))).toEqual(['usr/bin/my app', 'usr/bin/x']);
});
