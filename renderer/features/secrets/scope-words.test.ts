import { describe, expect, it } from 'vitest';
import type { SecretInfo } from '#shared/api/schemas.ts';
import { projectIdOf } from '#shared/lib/ids.ts';
import { mergeSecrets, scopeWords } from './scope-words.ts';

const shop = { id: projectIdOf('shop0000'), name: 'shop' };
const secret = (name: string, scope: SecretInfo['scope']): SecretInfo => ({
  name,
  scope,
  updatedAt: '2026-01-01T00:00:00.000Z',
});

describe('scopeWords', () => {
  it('says where a secret is seen', () => {
    expect(scopeWords({ type: 'global' }, [])).toBe('everywhere');
    expect(scopeWords({ type: 'project', projectId: shop.id }, [shop])).toBe('shop');
    const production = { type: 'environment', projectId: shop.id, environment: 'production' } as const;
    expect(scopeWords(production, [shop])).toBe('shop, production');
    expect(scopeWords(production, [])).toBe('a project off the list, production');
  });
});

describe('mergeSecrets', () => {
  it('keeps each secret once, by name, and the same name of two scopes twice', () => {
    const token = secret('TOKEN', { type: 'global' });
    const own = secret('TOKEN', { type: 'project', projectId: shop.id });
    const key = secret('API_KEY', { type: 'global' });
    expect(
      mergeSecrets([
        [token, key],
        [token, own],
      ]),
    ).toEqual([key, token, own]);
  });
});
