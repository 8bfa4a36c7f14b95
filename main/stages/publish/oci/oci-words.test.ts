import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseChallenge } from './authorize.ts';
import { parseOciReference } from './reference.ts';

describe('a place in a registry', () => {
  it.each([
    ['registry.example/team/shop:1.4.0', 'https://registry.example', 'team/shop', '1.4.0'],
    ['localhost:5000/shop', 'http://localhost:5000', 'shop', null],
    ['127.0.0.1:5000/a/b:x', 'http://127.0.0.1:5000', 'a/b', 'x'],
    ['http://registry.example:80/shop:1', 'http://registry.example:80', 'shop', '1'],
  ])('%s is read', (text, origin, repository, tag) => {
    expect(parseOciReference(text, 'to')).toMatchObject({ origin, repository, tag });
  });

  it.each([
    'shop:1',
    'registry.example/Team/shop',
    'registry.example/../x',
    'user:pw@registry.example/x',
    'registry.example/x:-y',
  ])('%s is refused', (text) => {
    expect(() => parseOciReference(text, 'to')).toThrow(/is no place in a registry/);
  });
});

describe('what a registry asks for', () => {
  it('is read whatever the order and the quotes', () => {
    expect(parseChallenge('Bearer realm="https://auth.example/token",service="r, x",scope=a:b:pull')).toEqual(
      {
        scheme: 'bearer',
        parameters: { realm: 'https://auth.example/token', service: 'r, x', scope: 'a:b:pull' },
      },
    );
    expect(parseChallenge('basic realm="x"')?.scheme).toBe('basic');
    expect(parseChallenge('Negotiate')).toBeNull();
  });

  it('is nothing dangerous in any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseChallenge(text)));
  });
});
