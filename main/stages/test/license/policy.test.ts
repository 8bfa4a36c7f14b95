import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allOf, judgeLicense } from './policy.ts';

const policy = { allow: ['MIT', 'Apache-2.0', 'BSD-3-Clause', 'Custom'], deny: ['GPL-3.0-only'] };

describe('judgeLicense', () => {
  it.each([
    ['MIT', 'allowed'],
    ['MIT*', 'allowed'],
    ['(MIT OR GPL-3.0-only)', 'allowed'],
    ['MIT AND GPL-3.0-only', 'denied'],
    ['MIT AND ISC', 'not-allowed'],
    ['ISC OR Apache-2.0', 'allowed'],
    ['GPL-3.0-only', 'denied'],
    ['Custom', 'allowed'],
    ['UNKNOWN', 'unknown'],
    ['SEE LICENSE IN x', 'unknown'],
    ['', 'unknown'],
  ] as const)('judges %s: %s', (text, verdict) => {
    expect(judgeLicense(text, policy)).toBe(verdict);
  });

  it('allows whatever is not denied when nothing is allowed by name', () => {
    expect(judgeLicense('ISC', { allow: [], deny: ['MIT'] })).toBe('allowed');
    expect(judgeLicense('MIT', { allow: [], deny: ['MIT'] })).toBe('denied');
  });

  it('takes several licences as all of them', () => {
    expect(judgeLicense(allOf(['MIT', 'GPL-3.0-only']), policy)).toBe('denied');
    expect(judgeLicense(allOf(['MIT']), policy)).toBe('allowed');
  });

  it('has an answer for any text', () => {
    const text = fc.string({ unit: fc.constantFrom('M', 'I', 'T', '(', ')', ' ', 'OR', 'AND', '+', '*') });
    fc.assert(fc.property(text, (one) => typeof judgeLicense(one, policy) === 'string'));
  });
});
