import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_USAGE_POINTS, type Usage, usageSpans, type UsageState, withUsage } from './usage.ts';

const used = (cpuMs: number, memoryBytes: number): Usage => ({
  cpuMs,
  memoryBytes,
  memoryPeakBytes: memoryBytes,
  readBytes: null,
  writtenBytes: null,
});

const course = (gaps: readonly number[]): UsageState | undefined => {
  let atMs = 0;
  let state: UsageState | undefined;
  for (const gap of gaps) {
    atMs += gap;
    state = withUsage(state, used(atMs / 2, gap), atMs);
  }
  return state;
};

describe('withUsage', () => {
  it('keeps at most so many points, in order, the newest among them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 600 }), (gaps) => {
        const points = course(gaps)?.points ?? [];
        expect(points.length).toBeLessThanOrEqual(MAX_USAGE_POINTS);
        expect(points.at(-1)?.atMs).toBe(gaps.reduce((sum, gap) => sum + gap, 0));
        expect(points.map(({ atMs }) => atMs)).toEqual(points.map(({ atMs }) => atMs).sort((a, b) => a - b));
      }),
    );
  });
});

describe('usageSpans', () => {
  it('covers the time up to the last point without a gap, with all processor time in it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 300 }), (gaps) => {
        const { points, cpuMs } = course(gaps)!;
        const spans = usageSpans(points);
        spans.forEach((span, index) => expect(span.fromMs).toBe(spans[index - 1]?.toMs ?? 0));
        const busy = spans.reduce((sum, { fromMs, toMs, cpus }) => sum + cpus * (toMs - fromMs), 0);
        expect(busy).toBeCloseTo(cpuMs, 3);
      }),
    );
  });

  it('makes no span of two points at one moment', () => {
    const at = (atMs: number) => ({ atMs, cpuMs: 10, memoryBytes: 1 });
    expect(usageSpans([at(1_000), at(1_000), at(2_000)])).toHaveLength(2);
  });

  it('counts a moment at the end to what was before it, where a hundredth of a second would look like much', () => {
    const at = (atMs: number, cpuMs: number) => ({ atMs, cpuMs, memoryBytes: atMs });
    expect(usageSpans([at(1_000, 500), at(1_010, 510)])).toEqual([
      { fromMs: 0, toMs: 1_010, cpus: 510 / 1_010, memoryBytes: 1_000 },
    ]);
  });
});
