import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from './findings.ts';
import { newFindings } from './new-findings.ts';

const finding = (fingerprint: string, line = 1): Finding => ({
  ruleId: 'r',
  tool: 't',
  severity: 'high',
  message: fingerprint,
  file: 'a.js',
  line,
  column: null,
  endLine: null,
  endColumn: null,
  fingerprint,
  package: null,
});

describe('newFindings', () => {
  it('knows a finding again by its fingerprint, wherever its line is now', () => {
    expect(newFindings([finding('a', 9), finding('b')], [finding('a', 2)])).toEqual([finding('b')]);
  });

  it('counts those that share a fingerprint', () => {
    const three = [finding('a', 1), finding('a', 2), finding('a', 3)];
    expect(newFindings(three, [finding('a'), finding('a')])).toEqual([finding('a', 3)]);
  });

  it('finds nothing new in the baseline itself, and all of it in none', () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c').map((name) => finding(name)));
    fc.assert(
      fc.property(names, (all) => {
        expect(newFindings(all, all)).toEqual([]);
        expect(newFindings(all, [])).toEqual(all);
      }),
    );
  });
});
