import { describe, expect, it } from 'vitest';
import { createKindRegistry } from './registry.ts';

const uses = (settings: Record<string, unknown>, kind = 'test.unit') =>
  ({ type: 'uses', kind, with: settings }) as const;

describe('the stage catalog', () => {
  it('describes every kind and every setting of it', () => {
    for (const kind of createKindRegistry().list()) {
      expect(kind.id).toMatch(/^[a-z]+\.[a-z-]+$/);
      expect(kind.summary).not.toBe('');
      expect(kind.docs).not.toBe('');
      expect(kind.title).not.toBe('');
      expect(kind.settings.safeParse(kind.example).error).toBeUndefined();
      for (const field of Object.values(kind.settings.shape)) {
        expect((field as { description?: string }).description).toBeTruthy();
      }
    }
  });

  it('refuses an unknown kind and settings that do not fit, by their place', () => {
    const kinds = createKindRegistry();
    expect(() => kinds.work(uses({}, 'test.none'))).toThrow('There is no kind test.none.');
    expect(() => kinds.work(uses({ command: 3 }))).toThrow(/with\.command/);
    expect(() => kinds.work(uses({ comand: 'x' }))).toThrow(/comand/);
  });

  it('runs `npm test` unless a command is given', () => {
    expect(createKindRegistry().work(uses({}))).toEqual({
      command: { script: 'npm test', shell: null },
      verdict: 'exit-code',
    });
  });

  it('lets the results of tests decide where there are some', () => {
    expect(createKindRegistry().work(uses({ command: 'make test', junit: 'out/*.xml' })).verdict).toBe(
      'tests',
    );
  });
});
