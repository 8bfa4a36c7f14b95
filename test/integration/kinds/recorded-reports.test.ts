import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReports } from '#main/reports/reports.ts';
import { readBandit } from '#main/stages/test/adapters/bandit.ts';
import { readClangFormat } from '#main/stages/test/adapters/clang-format.ts';
import { readCodespell } from '#main/stages/test/adapters/codespell.ts';
import { readLizard, readPmccabe } from '#main/stages/test/adapters/complexity-tools.ts';
import { readCppcheck } from '#main/stages/test/adapters/cppcheck.ts';
import { readBlack } from '#main/stages/test/adapters/formatters.ts';
import { readHadolint } from '#main/stages/test/adapters/hadolint.ts';
import { readAudit } from '#main/stages/test/adapters/npm-audit.ts';
import { startScan } from '#main/stages/test/adapters/scan.ts';
import { readGrype, readOsv, readTrivy, trivy } from '#main/stages/test/adapters/scanners.ts';
import { readReuse } from '#main/stages/test/license/source-tools.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';

const RECORDED = path.resolve(import.meta.dirname, '../../fixtures/kinds/recorded');
const recorded = (name: string): string => readFileSync(path.join(RECORDED, name), 'utf8');
const findingsIn = (forms: readonly NormalForm[]) =>
  forms.flatMap((form) => (form.type === 'findings' ? form.report.findings : []));

describe('reports of tools that are not installed here', () => {
  it('reads what trivy found, and the age of its data', () => {
    const scan = startScan();
    const [form] = readTrivy(scan, recorded('trivy.json'));
    expect(form).toMatchObject({ report: { checked: 2, findings: [{ ruleId: 'CVE-2020-8203' }] } });
    expect(scan.vulnerabilities).toMatchObject([
      { severity: 'high', name: 'lodash', version: '4.17.15', fixedIn: '4.17.19', file: 'package-lock.json' },
    ]);
    expect(trivy(scan).database?.read(recorded('trivy-version.json'))).toBe('2026-11-01T06:12:36Z');
  });

  it('reads what grype found: what nobody has judged is of medium severity', () => {
    const scan = startScan();
    readGrype(scan, recorded('grype.json'));
    expect(scan).toMatchObject({
      databaseAt: '2026-11-01T01:31:48Z',
      vulnerabilities: [
        {
          id: 'GHSA-p6mc-m468-83gw',
          aliases: ['CVE-2020-8203'],
          severity: 'high',
          file: 'package-lock.json',
        },
        { id: 'CVE-2026-0001', severity: 'medium', fixedIn: null, file: null },
      ],
    });
  });

  it('reads what osv-scanner found: fixes of the package itself, and severities by score', () => {
    const scan = startScan();
    const [form] = readOsv(scan, recorded('osv-scanner.json'));
    expect(form).toMatchObject({ report: { checked: 2 } });
    expect(scan.vulnerabilities).toMatchObject([
      { id: 'GHSA-p6mc-m468-83gw', severity: 'high', fixedIn: '4.17.19' },
      { id: 'OSV-2026-1', severity: 'critical', fixedIn: null },
    ]);
  });

  it('reads the table of lizard, whatever files are called', () => {
    expect(readLizard(recorded('lizard.csv'))).toEqual([
      { file: 'src/a.py', name: 'small', line: 1, complexity: 1 },
      { file: 'src/b, "c".cpp', name: 'big::run', line: 8, complexity: 24 },
    ]);
  });

  it('reads hadolint, black and clang-format', () => {
    expect(findingsIn(readHadolint(recorded('hadolint.json')))).toMatchObject([
      { ruleId: 'DL3007', severity: 'medium', file: 'Dockerfile', line: 1 },
      { ruleId: 'SC2086', severity: 'low' },
    ]);
    expect(findingsIn(readBlack(recorded('black.diff'))).map(({ file }) => file)).toEqual([
      'src/a b.py',
      'src/c.py',
    ]);
    expect(findingsIn(readClangFormat(recorded('clang-format.txt')))).toMatchObject([
      { file: 'src/a b.c', line: 3, column: 14 },
      { file: 'src/b.c', line: 1 },
    ]);
  });

  it('reads the SARIF of semgrep, whose severity stands with its rule', async () => {
    const bytes = readFileSync(path.join(RECORDED, 'semgrep.sarif'));
    const place = { workspace: RECORDED };
    const { form } = await createReports().parse(
      bytes,
      'sarif',
      'semgrep',
      place,
      AbortSignal.timeout(60_000),
    );
    expect(form && findingsIn([form])).toMatchObject([
      { ruleId: 'rules.no-eval', severity: 'high', file: 'src/a b.js', line: 3 },
    ]);
  });
});

describe('readers of reports', () => {
  const anything = fc.oneof(fc.string(), fc.json());
  it.each([
    ['bandit', readBandit],
    ['hadolint', readHadolint],
    ['trivy', (text: string) => readTrivy(startScan(), text)],
    ['grype', (text: string) => readGrype(startScan(), text)],
    ['osv-scanner', (text: string) => readOsv(startScan(), text)],
    ['npm audit', (text: string) => readAudit(startScan(), 'npm', text, { cwd: '/nonexistent' })],
    ['reuse', readReuse],
  ])('of %s refuse what is no report of it, by an error', (_name, read) => {
    fc.assert(
      fc.property(anything, (text) => {
        let findings: unknown[] = [];
        try {
          findings = findingsIn(read(text));
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
        expect(findings).toEqual([]);
      }),
    );
  });

  it.each([
    ['cppcheck', readCppcheck],
    ['codespell', readCodespell],
    ['clang-format', readClangFormat],
    ['black', readBlack],
  ])('of %s take any text', (_name, read) => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(read(text))));
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(readPmccabe(text))));
  });
});

it.each([
  ['npm', '{"error":{"code":"ENOLOCK","summary":"This command requires an existing lockfile."}}'],
  ['pnpm', '{"error":{"code":"ERR_PNPM_AUDIT_NO_LOCKFILE","message":"No pnpm-lock.yaml found"}}'],
])('says that %s lacks its lock, not that nobody could be asked', (tool, text) => {
  const read = () => readAudit(startScan(), tool, text, { cwd: '/nonexistent' });
  expect(read).toThrow(`${tool} has nothing to look up: there is no lock file.`);
});
