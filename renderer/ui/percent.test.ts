import { describe, expect, it } from 'vitest';
import { percentWords, pointsWords } from './percent.ts';

describe('percentWords', () => {
  it('rounds down, so that 100% means all', () => {
    expect([99.99, 100, 87.25, 0, 64.3].map(percentWords)).toEqual([
      '99.9%',
      '100.0%',
      '87.2%',
      '0.0%',
      '64.3%',
    ]);
  });

  it('has no figure where there is nothing to count', () => {
    expect(percentWords(null)).toBe('–');
  });
});

describe('pointsWords', () => {
  it('says which way it went', () => {
    expect(pointsWords(80, 81.24)).toBe('+1.2');
    expect(pointsWords(80, 79.6)).toBe('−0.4');
    expect(pointsWords(80, 80.01)).toBe('±0.0');
    expect(pointsWords(null, 80)).toBeNull();
  });
});
