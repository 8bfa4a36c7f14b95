import { describe, expect, it } from 'vitest';
import { usageShape } from './usage-shape.ts';

const spans = [
  { fromMs: 0, toMs: 500, cpus: 1, memoryBytes: 100 },
  { fromMs: 500, toMs: 1_000, cpus: 2, memoryBytes: 50 },
];

describe('usageShape', () => {
  it('draws a step for each span, as high as its value', () => {
    const { line, area, most } = usageShape(spans, ({ cpus }) => cpus, null, 1);
    expect(line).toBe('M0 14H50L50 1H100');
    expect(area).toBe('M0 28L0 14H50L50 1H100V28Z');
    expect(most).toBe(2);
  });

  it('makes room for a limit that is near', () => {
    expect(usageShape(spans, ({ memoryBytes }) => memoryBytes, 200, 1)).toMatchObject({
      line: 'M0 14H50L50 20.5H100',
      limitY: 1,
    });
  });

  it('leaves out a limit that is far above what was used', () => {
    expect(usageShape(spans, ({ memoryBytes }) => memoryBytes, 10_000, 1).limitY).toBeNull();
  });

  it('shows as little what is little', () => {
    const { line, most } = usageShape(spans.slice(0, 1), () => 0.1, null, 0.2);
    expect({ line, most }).toEqual({ line: 'M0 14H100', most: 0.1 });
  });

  it('draws nothing of nothing', () => {
    expect(usageShape([], ({ cpus }) => cpus, 2, 1)).toEqual({ line: '', area: '', most: 0, limitY: null });
  });
});
