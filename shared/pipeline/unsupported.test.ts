import { describe, expect, it } from 'vitest';
import { isUnsupported, isUnsupportedAt } from './unsupported.ts';

describe('keys without behaviour', () => {
  it('are known by the path of a value, whatever its stage and its pipeline are called', () => {
    expect(isUnsupportedAt(['stages', 'unit', 'gate'])).toBe(isUnsupported('stages.*.gate'));
    expect(isUnsupportedAt(['pipelines', 'test', 'stages', 'unit', 'gate'])).toBe(
      isUnsupported('pipelines.*.stages.*.gate'),
    );
    expect(isUnsupportedAt(['defaults', 'runs-on', 'pool'])).toBe(true);
  });

  it('are not what leads to them, nor other keys', () => {
    for (const path of [[], ['stages'], ['stages', 'gate'], ['stages', 'a', 'runs-on'], ['name']])
      expect(isUnsupportedAt(path)).toBe(false);
  });
});
