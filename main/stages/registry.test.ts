import { describe, expect, it } from 'vitest';
import { createCatalog } from './registry.ts';

const uses = (settings: Record<string, unknown>, kind = 'test.unit') =>
  ({ type: 'uses', kind, with: settings }) as const;

describe('the stage catalog', () => {
  it('describes every kind and every setting of it', () => {
    for (const kind of createCatalog().list()) {
      expect(kind.id).toMatch(/^[a-z]+\.[a-z-]+$/);
      expect(kind.summary).not.toBe('');
      expect(kind.docs).not.toBe('');
      expect(kind.title).not.toBe('');
      expect(kind.settings.safeParse(kind.example).error, kind.id).toBeUndefined();
      for (const [name, field] of Object.entries(kind.settings.shape)) {
        expect((field as { description?: string }).description, `${kind.id}: ${name}`).toBeTruthy();
      }
    }
  });

  it('refuses an unknown kind and settings that do not fit, by their place', () => {
    const kinds = createCatalog();
    expect(() => kinds.check(uses({}, 'test.none'))).toThrow('There is no kind test.none.');
    expect(() => kinds.check(uses({ command: 3 }))).toThrow(/with\.command/);
    expect(() => kinds.check(uses({ comand: 'x' }))).toThrow(/comand/);
  });

  it('shows the command that a person would type, where there is one', () => {
    const { kind, settings } = createCatalog().check(uses({ command: 'npm test' }));
    expect(kind.preview?.(settings)).toBe('npm test');
  });
});
