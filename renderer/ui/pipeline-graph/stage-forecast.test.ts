import { expect, it } from 'vitest';
import { forecastFlow, type StageForecast } from './stage-forecast.ts';

const at = (criticalAt: number | null, verdict: StageForecast['verdict'] = 'runs'): StageForecast => ({
  verdict,
  criticalAt,
  expectedMs: null,
  legs: null,
});

it('marks the edges between neighbours on the critical path, and those to what is skipped', () => {
  expect(forecastFlow(at(0), at(1))).toBe('critical');
  expect(forecastFlow(at(0), at(2))).toBe('waiting');
  expect(forecastFlow(at(null), at(null))).toBe('waiting');
  expect(forecastFlow(at(0), at(null, 'skipped'))).toBe('blocked');
  expect(forecastFlow(undefined, at(0))).toBe('waiting');
});
