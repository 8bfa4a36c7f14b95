import { describe, expect, it } from 'vitest';
import { hexRows } from './hex-rows.ts';

describe('hexRows', () => {
  it('aligns a last row that is not full', () => {
    const [first, second] = hexRows(new TextEncoder().encode('0123456789abcdefZ\n')).split('\n');
    expect(first).toBe('00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef');
    expect(second).toBe(`00000010  5a 0a${' '.repeat(44)}Z·`);
  });
});
