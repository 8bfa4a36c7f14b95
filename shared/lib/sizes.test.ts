import { describe, expect, it } from 'vitest';
import { formatSize } from './sizes.ts';

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.0 kB'],
    [12_400_000, '12.4 MB'],
    [999_600, '1.0 MB'],
    [123_456_789, '123 MB'],
    [5e15, '5000 TB'],
  ])('%d bytes are written as %s', (sizeBytes, expected) => {
    expect(formatSize(sizeBytes)).toBe(expected);
  });
});
