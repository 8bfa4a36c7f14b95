import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRef, checkUrl, publicUrl } from './check-url.ts';

describe('the address of a repository', () => {
  it.each(['https://host/a.git', 'git@host:a/b.git', 'ssh://git@host/a', 'file:///srv/a', '/srv/a', '../a'])(
    'may be %s',
    (url) => {
      expect(() => checkUrl(url)).not.toThrow();
    },
  );

  it.each([
    '--upload-pack=touch x',
    '-x',
    'ext::sh -c id',
    'ssh://-oProxyCommand=id/x',
    'fd::3',
    'https://h/a\nb',
  ])('may not be %j', (url) => {
    expect(() => checkUrl(url)).toThrow('is no address of a repository');
  });

  it('holds no password', () => {
    expect(() => checkUrl('https://me:pass@host/a.git')).toThrow('The address holds a password.');
    expect(publicUrl('https://token@host/a.git')).toBe('https://host/a.git');
  });
});

describe('a ref', () => {
  it.each(['main', 'feature/x-1', 'refs/tags/v1.0.0', 'v1.2.3+build', 'deadbeef', 'release@home'])(
    'may be %s',
    (ref) => {
      expect(() => checkRef(ref, 'ref')).not.toThrow();
    },
  );

  it.each(['--upload-pack=id', 'a..b', 'a b', 'a:b', 'main^{tree}', 'a@{1}', 'x.lock', 'a\0', 'a*'])(
    'may not be %j',
    (ref) => {
      expect(() => checkRef(ref, 'ref')).toThrow('is no name of');
    },
  );

  it('is never an option, nor does it hold a blank', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          checkRef(text, 'ref');
        } catch {
          return;
        }
        expect(text).not.toMatch(/^-|\s/);
      }),
    );
  });
});
