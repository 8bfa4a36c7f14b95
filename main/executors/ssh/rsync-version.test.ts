import { expect, it } from 'vitest';
import { versionOf } from './rsync-version.ts';

it.each([
  ['rsync  version 3.2.7  protocol version 31', '3.2.7'],
  ['rsync  version v3.4.1  protocol version 32', '3.4.1'],
  ['rsync  version 3.1.3  protocol version 31', '3.1.3'],
  ['rsync  version 4.0  protocol version 33', '4.0'],
])('takes %j', (text, version) => {
  expect(versionOf(text)).toBe(version);
});

it.each([
  'rsync  version 3.1.2  protocol version 31',
  'rsync  version 2.6.9  protocol version 29',
  'openrsync: protocol version 29\nrsync version 2.6.9 compatible',
  'command not found',
  '',
])('passes by %j', (text) => {
  expect(versionOf(text)).toBeNull();
});
