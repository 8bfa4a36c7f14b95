import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReports } from '#main/reports/reports.ts';
import { fingerprintOf, mergeFindings, type Finding } from '#shared/reports/findings.ts';
import { countSeverities, SEVERITIES } from '#shared/reports/severity.ts';
import { sarifOf } from './sarif.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9./@-]{0,12}[a-z0-9]$/);
const place = fc.integer({ min: 1, max: 10_000 });
const finding = fc
  .record({
    ruleId: word,
    tool: fc.constantFrom('eslint', 'tsc', 'npm-audit'),
    severity: fc.constantFrom(...SEVERITIES),
    message: fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `x${text}x`),
    file: fc.option(fc.stringMatching(/^[a-zA-Z0-9 %#?+ä-]{1,10}\/[a-z %]{0,8}\.ts$/)),
    line: fc.option(place),
    column: fc.option(place),
    endLine: fc.option(place),
    endColumn: fc.option(place),
    package: fc.option(word),
  })
  .map((each): Finding => {
    const line = each.file === null ? null : each.line;
    const rest = line === null ? { column: null, endLine: null, endColumn: null } : {};
    const whole = { ...each, ...rest, line };
    return { ...whole, fingerprint: fingerprintOf(whole) };
  });

test('findings that are exported as SARIF and read again are the same findings', async () => {
  const { signal } = new AbortController();
  await fc.assert(
    fc.asyncProperty(fc.array(finding, { maxLength: 20 }), async (findings) => {
      const tools = ['eslint', 'tsc', 'npm-audit'].map((name) => ({ name, version: '1.0' }));
      const rules = [
        {
          id: findings[0]?.ruleId ?? 'a',
          tool: 'tsc',
          title: 'Title',
          help: 'Help',
          helpUri: 'https://example.org/a',
        },
      ];
      const report = { tools, checked: null, counts: countSeverities(findings), findings, rules };
      const stage = { stage: 'lint', attempt: 1, report } as unknown as Parameters<
        typeof sarifOf
      >[0]['stages'][number];
      const log = JSON.stringify(sarifOf({ stages: [stage], ignored: [] }));
      const read = await createReports().parse(
        Buffer.from(log),
        'sarif',
        'x',
        { workspace: '/work' },
        signal,
      );
      expect(read.issues).toEqual([]);
      if (read.form?.type !== 'findings') throw new Error('no findings');
      const inOrder = (list: readonly Finding[]) =>
        list.map((each) => JSON.stringify(Object.entries(each).sort())).sort();
      expect(inOrder(read.form.report.findings)).toEqual(inOrder(findings));
      expect(read.form.report.counts).toEqual(mergeFindings([report]).counts);
      expect(read.form.report.tools).toEqual(tools);
    }),
    { numRuns: 200 },
  );
});
