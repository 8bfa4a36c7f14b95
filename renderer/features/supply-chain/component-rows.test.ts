import { describe, expect, it } from 'vitest';
import type { Finding } from '#shared/reports/findings.ts';
import type { Component, Sbom } from '#shared/reports/sbom.ts';
import { componentRows, countLicenses, fitsWords, wayTo } from './component-rows.ts';

const component = (name: string, more: Partial<Component> = {}): Component => ({
  ref: name,
  name,
  version: '1.0.0',
  purl: `pkg:npm/${name}@1.0.0`,
  type: 'library',
  licenses: ['MIT'],
  scope: 'runtime',
  direct: false,
  ...more,
});

const SBOM: Sbom = {
  format: 'CycloneDX 1.6',
  subject: { name: 'shop', version: null },
  components: [
    component('a', { direct: true }),
    component('b', { licenses: [] }),
    component('c', { licenses: ['ISC'] }),
  ],
  dependencies: [
    { from: '', to: ['a'] },
    { from: 'a', to: ['b', 'a'] },
    { from: 'b', to: ['c'] },
  ],
};
const VULNERABLE: Finding = {
  ...{ ruleId: 'GHSA-1', tool: 'npm-audit', severity: 'high', message: 'Bad', fingerprint: 'x' },
  ...{ file: null, line: null, column: null, endLine: null, endColumn: null, package: 'c@1.0.0' },
};

describe('components of a supply chain', () => {
  const bills = [
    { stage: 'sbom', sbom: SBOM },
    { stage: 'again', sbom: SBOM },
  ];
  const rows = componentRows({ bills, provenance: [], vulnerabilities: [VULNERABLE] });

  it('stand there once, the vulnerable first, then those that the project names itself', () => {
    expect(rows.map((row) => [row.component.name, row.worst])).toEqual([
      ['c', 'high'],
      ['a', null],
      ['b', null],
    ]);
  });

  it('are counted by licence, unknown ones last', () => {
    expect(countLicenses(rows).map(({ license }) => license)).toEqual(['ISC', 'MIT', '']);
  });

  it('are found by name, licence and advisory', () => {
    expect(rows.filter((row) => fitsWords(row, 'ghsa')).map((row) => row.key)).toEqual(['pkg:npm/c@1.0.0']);
    expect(rows.filter((row) => fitsWords(row, 'mit')).length).toBe(1);
  });

  it('say who needs them, also where dependencies go in a circle', () => {
    expect(wayTo(SBOM, 'c')).toEqual(['a', 'b', 'c']);
    expect(wayTo(SBOM, 'nobody')).toBeNull();
  });
});
