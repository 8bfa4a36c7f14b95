import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parentsOf, quoteSftp } from './files/sftp-target.ts';
import { npmConfig } from './npm/npm-config.ts';
import { readPackOutput } from './npm.ts';

describe('a name in a command of sftp', () => {
  it('stands in quotes, with nothing in it that sftp reads otherwise', () => {
    expect(quoteSftp('a "b"*.txt')).toBe('"a \\"b\\"\\*.txt"');
    expect(() => quoteSftp('a\nrm b')).toThrow(/line break/);
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[\r\n\0]/.test(text)),
        (text) => {
          expect(quoteSftp(text).slice(1, -1).replaceAll(/\\(.)/g, '$1')).toBe(text);
        },
      ),
    );
  });

  it('has its folders, the outermost first', () => {
    expect(parentsOf('/srv/a/b.txt')).toEqual(['/srv', '/srv/a']);
    expect(parentsOf('b.txt')).toEqual([]);
  });
});

describe('a configuration of npm', () => {
  const url = new URL('https://npm.example/team/');

  it('has the credential for that registry alone', () => {
    expect(npmConfig(url, { username: '', password: '', token: 'a"${b}' })).toContain(
      '//npm.example/team/:_authToken="a\\"\\${b}"\n',
    );
    expect(npmConfig(url, { username: 'ci', password: 'x', token: '' })).toContain(
      '//npm.example/team/:_auth="Y2k6eA=="',
    );
    expect(npmConfig(url, { username: '', password: '', token: '' })).not.toContain('_auth');
  });
});

describe('what npm packed', () => {
  it('is read behind what scripts wrote, as a list and as an object', () => {
    const one = { name: '@team/shop', version: '1.0.0', filename: 'team-shop-1.0.0.tgz' };
    expect(readPackOutput(`[built]\n${JSON.stringify([one], null, 2)}\n`)).toEqual(one);
    expect(readPackOutput(JSON.stringify({ '@team/shop': one }))).toEqual(one);
    expect(() => readPackOutput('nothing')).toThrow(/did not say/);
  });
});
