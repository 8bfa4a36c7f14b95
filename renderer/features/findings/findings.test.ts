import { describe, expect, it } from 'vitest';
import type { FindingsView } from '#shared/api/report-schemas.ts';
import type { Finding } from '#shared/reports/findings.ts';
import { countSeverities } from '#shared/reports/severity.ts';
import { findingRows } from './finding-rows.ts';
import { countStates, filterFindings, listFindings, type FindingFilter } from './list-findings.ts';

const finding = (ruleId: string, more: Partial<Finding> = {}): Finding => ({
  ruleId,
  tool: 'lint',
  severity: 'medium',
  message: `About ${ruleId}`,
  file: 'src/a.js',
  line: 1,
  column: null,
  endLine: null,
  endColumn: null,
  fingerprint: `${ruleId} ${more.file ?? 'src/a.js'}`,
  package: null,
  ...more,
});

const FOUND = [
  finding('b', { line: 9 }),
  finding('a', { severity: 'high', file: 'src/b.js' }),
  finding('b', { file: 'src/c.js' }),
];
const VIEW: FindingsView = {
  stages: [
    {
      stage: 'lint',
      attempt: 1,
      report: {
        tools: [{ name: 'lint', version: null }],
        checked: 3,
        counts: countSeverities(FOUND),
        findings: FOUND,
        rules: [{ id: 'b', tool: 'lint', title: 'No b', help: null, helpUri: null }],
      },
    },
  ],
  baseline: null,
  new: ['a src/b.js'],
  fixed: [finding('old')],
  ignored: [{ fingerprint: 'b src/c.js', reason: 'Later', until: null, by: 'me', at: '' }],
};
const OPEN: FindingFilter = { state: 'open', severities: new Set(), text: '' };

describe('findings as a list', () => {
  const listed = listFindings(VIEW);

  it('have their state, the worst first', () => {
    expect(listed.map(({ finding: { ruleId, file }, state }) => [ruleId, file, state])).toEqual([
      ['a', 'src/b.js', 'new'],
      ['old', 'src/a.js', 'fixed'],
      ['b', 'src/a.js', 'known'],
      ['b', 'src/c.js', 'ignored'],
    ]);
    expect(countStates(listed)).toEqual({ open: 2, new: 1, ignored: 1, fixed: 1 });
  });

  it('are filtered by state, severity and words that may stand anywhere', () => {
    expect(filterFindings(listed, OPEN)).toHaveLength(2);
    expect(filterFindings(listed, { ...OPEN, severities: new Set(['high']) })).toHaveLength(1);
    expect(filterFindings(listed, { ...OPEN, text: 'lint A.JS' })).toHaveLength(1);
    expect(filterFindings(listed, { ...OPEN, state: 'ignored' })[0]?.ignored?.reason).toBe('Later');
  });

  it('stand under their rule or file, the group with the worst first, and hide in one that is closed', () => {
    const rows = findingRows(listed, 'rule', (key) => key === 'rule lint b');
    expect(
      rows.map((row) => (row.type === 'group' ? `${row.title} ${row.count}` : row.listed.finding.file)),
    ).toEqual(['lint a 1', 'lint b 2', 'src/a.js', 'src/c.js', 'lint old 1']);
    expect(rows[1]).toMatchObject({ hint: 'No b', worst: 'medium' });
    expect(findingRows(listed, 'file', () => false).map(({ key }) => key)).toEqual([
      'file src/b.js',
      'file src/a.js',
      'file src/c.js',
    ]);
    expect(findingRows(listed, 'none', () => true)).toHaveLength(4);
  });
});
