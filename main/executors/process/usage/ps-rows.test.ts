import { describe, expect, it } from 'vitest';
import { parsePs } from './ps-rows.ts';

describe('parsePs', () => {
  it('reads processes as macOS and Linux write them', () => {
    const rows = parsePs(['  71   1    71  2048   0:01.25', ' 80  71  71 10 1-02:03:04', ''].join('\n'));
    expect(
      rows.map(({ pid, parent, group, memoryBytes, cpuMs }) => [pid, parent, group, memoryBytes, cpuMs]),
    ).toEqual([
      [71, 1, 71, 2_097_152, 1_250],
      [80, 71, 71, 10_240, 93_784_000],
    ]);
  });
});
