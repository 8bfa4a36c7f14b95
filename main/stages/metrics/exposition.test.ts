import { expect, it } from 'vitest';
import type { StageReport } from '#main/engine/ports.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import { coverageRatio } from '#shared/reports/coverage.ts';
import { expositionOf, samplesOf } from './exposition.ts';

const of = (form: StageReport['form'], stage = 'unit'): StageReport => ({
  stage: stageIdOf(stage),
  attempt: 1,
  form,
});

it('sends figures in the base units of Prometheus, each name once with its type', () => {
  const metrics = [
    { name: 'bundle.gzip-bytes', value: 2_048, unit: 'bytes', better: 'lower' },
    { name: '2nd.time-ms', value: 1_500, unit: 'ms', better: 'lower' },
  ] as const;
  const report = { metrics: [...metrics] };
  expect(
    expositionOf(samplesOf([of({ type: 'metrics', report }), of({ type: 'metrics', report }, 'b"c')])),
  ).toBe(
    [
      '# TYPE pipewright_bundle_gzip_bytes gauge',
      'pipewright_bundle_gzip_bytes{stage="unit"} 2048',
      'pipewright_bundle_gzip_bytes{stage="b\\"c"} 2048',
      '# TYPE pipewright__2nd_time_seconds gauge',
      'pipewright__2nd_time_seconds{stage="unit"} 1.5',
      'pipewright__2nd_time_seconds{stage="b\\"c"} 1.5',
      '',
    ].join('\n'),
  );
});

it('sends shares as ratios, and nothing for what was not measured', () => {
  const report = {
    lines: coverageRatio(3, 4),
    branches: coverageRatio(0, 0),
    functions: coverageRatio(1, 1),
    files: [],
  };
  expect(
    samplesOf([of({ type: 'coverage', report })]).map(({ labels, value }) => [labels['of'], value]),
  ).toEqual([
    ['lines', 0.75],
    ['functions', 1],
  ]);
});
