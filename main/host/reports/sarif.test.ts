import { expect, test } from 'vitest';
import { stageIdOf } from '#shared/lib/ids.ts';
import { countSeverities } from '#shared/reports/severity.ts';
import type { Finding } from '#shared/reports/findings.ts';
import { sarifOf } from './sarif.ts';

const finding = (more: Partial<Finding>): Finding => ({
  ...{ ruleId: 'no-float', tool: 'lint', severity: 'medium', message: 'No', file: 'src/a b#.ts', line: 3 },
  ...{ column: 5, endLine: null, endColumn: null, fingerprint: 'one', package: null },
  ...more,
});

test('findings become results of their tool, and what is ignored is suppressed with its reason', () => {
  const findings = [
    finding({}),
    finding({
      fingerprint: 'two',
      tool: 'audit',
      severity: 'critical',
      file: null,
      line: null,
      package: 'x@1',
    }),
  ];
  const report = {
    ...{ tools: [{ name: 'lint', version: '2.0' }], checked: 1, findings, counts: countSeverities(findings) },
    rules: [
      { id: 'no-float', tool: 'lint', title: 'No floats', help: null, helpUri: 'https://example.test' },
    ],
  };
  const decision = { fingerprint: 'two', reason: 'Not reachable', until: null, by: 'Ada', at: '' };
  const log = sarifOf({ stages: [{ stage: stageIdOf('a'), attempt: 1, report }], ignored: [decision] });
  expect(log).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'lint',
            version: '2.0',
            rules: [{ id: 'no-float', helpUri: 'https://example.test' }],
          },
        },
        results: [
          {
            level: 'warning',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'src/a%20b%23.ts' },
                  region: { startLine: 3, startColumn: 5 },
                },
              },
            ],
            partialFingerprints: { 'pipewright/v1': 'one' },
          },
        ],
      },
      {
        tool: { driver: { name: 'audit' } },
        results: [{ level: 'error', suppressions: [{ justification: 'Not reachable' }] }],
      },
    ],
  });
  expect(log.runs[0]?.results?.[0]).not.toHaveProperty('suppressions');
  expect(log.runs[1]?.results?.[0]).not.toHaveProperty('locations');
});

test('no findings are a log without results', () => {
  expect(sarifOf({ stages: [], ignored: [] }).runs).toEqual([]);
});
