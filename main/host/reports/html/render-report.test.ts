import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runIdOf, projectIdOf, stageIdOf } from '#shared/lib/ids.ts';
import { reduceRun } from '#shared/run/reduce-run.ts';
import type { Finding } from '#shared/reports/findings.ts';
import { plan, stage } from '#test/support/plans.ts';
import { html, moment } from './markup.ts';
import { renderReport, type ReportData } from './render-report.ts';

const none = { before: null, after: null };
const runId = runIdOf('0mwtp19xm8sxbqdy');

function data(text: string, count: number): ReportData {
  const ratio = { covered: 1, total: 2, pct: 50 };
  const finding: Finding = {
    ...{ ruleId: text, tool: text, severity: 'high', message: text, file: text, line: 1, column: null },
    ...{ endLine: null, endColumn: null, fingerprint: text, package: null },
  };
  const summary = { total: count, passed: 0, failed: count, errored: 0, skipped: 0, durationMs: 1 };
  const listed = {
    name: text,
    classname: null,
    file: null,
    line: null,
    durationMs: 1,
    message: text,
    flaky: false,
  };
  const component = { ref: text, name: text, version: text, purl: null, type: 'library', licenses: [text] };
  const many = <Item>(item: Item): Item[] => Array.from({ length: count }, () => item);
  const state = reduceRun(null, {
    ...{ type: 'run-created', runId, seq: 1, at: '2026-11-02T09:00:00.000Z', name: text, number: 1 },
    ...{ projectDir: '/p', pipelineFile: text, trigger: { type: 'cli' }, git: null, maxParallel: 1 },
    plan: plan([stage('unit', { steps: [], line: 1 })], { name: text }),
  });
  return {
    run: {
      ...{
        id: runId,
        number: 1,
        name: text,
        projectId: projectIdOf('p'),
        projectDir: '/p',
        pipelineFile: text,
      },
      ...{ status: 'failed', trigger: 'cli', git: { commit: text, branch: text, message: text } },
      ...{ createdAt: '2026-11-02T09:00:00.000Z', startedAt: null, finishedAt: null, durationMs: 5 },
      ...{ stageCount: 1, finishedStageCount: 1, failedStageCount: 1, tests: null, pinned: false },
    },
    state,
    story: {
      broken: [{ stage: text, reason: text, since: null, lastGood: null }],
      commits: many({ commit: text, message: text, author: text, at: text }).slice(0, 50),
      ...{ moreCommits: true, changedFiles: many(text).slice(0, 200), before: null },
      ...{ tests: none, coverage: none, findings: none, artifactBytes: none, durationMs: none },
    },
    tests: [
      { stage: 'unit', attempt: 1, summary, suites: many({ ...summary, name: text, file: null, cases: [] }) },
    ],
    failures: many({
      ...{ stage: text, suite: text, listed: { ...listed, status: 'failed' as const } },
      test: {
        ...{ name: text, classname: null, file: null, line: null, status: 'failed' as const, durationMs: 1 },
        ...{ message: text, details: text, stdout: text, stderr: text },
      },
    }).slice(0, 200),
    coverage: {
      ...{ lines: ratio, branches: ratio, functions: ratio, before: null, patch: null },
      files: many({ path: text, lines: ratio, branches: ratio, functions: ratio, hasLines: true }),
    },
    findings: {
      stages: [
        {
          ...{ stage: stageIdOf('unit'), attempt: 1 },
          report: {
            ...{ tools: [], checked: null, findings: many(finding), rules: [] },
            counts: { critical: 0, high: count, medium: 0, low: 0, info: 0 },
          },
        },
      ],
      ...{ baseline: null, new: [], fixed: [] },
      ignored: [{ fingerprint: text, reason: text, until: null, by: text, at: text }],
    },
    supplyChain: {
      bills: [
        {
          stage: text,
          sbom: {
            ...{ format: text, subject: null, dependencies: [] },
            components: many({ ...component, scope: 'runtime' as const, direct: true }),
          },
        },
      ],
      provenance: [],
      vulnerabilities: [],
    },
    artifacts: [
      {
        ...{
          name: text,
          stage: stageIdOf(text),
          sizeBytes: 1,
          sha256: text,
          expiresAt: null,
          expired: false,
        },
        files: many({ path: text, sizeBytes: 1, sha256: text }),
      },
    ],
  };
}

const tagsOf = (page: string): string[] => [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag);

test('no text of a run becomes markup of its page', () => {
  const plain = tagsOf(renderReport(data('x', 2)));
  const hostile = fc.oneof(
    fc.string(),
    fc.string().map((text) => `</pre><script>${text}</script>"'><img src=x onerror=1>`),
  );
  fc.assert(
    fc.property(
      hostile.filter((text) => text.trim() !== ''),
      (text) => {
        const tags = tagsOf(renderReport(data(text, 2)));
        expect(tags.filter((tag) => /script|img|onerror/i.test(tag))).toEqual([]);
        expect(new Set(tags.map((tag) => tag.split(' ')[0]))).toEqual(
          new Set(plain.map((tag) => tag.split(' ')[0])),
        );
      },
    ),
    { numRuns: 40 },
  );
});

test('a report of very much stays below 5 MB and says what it leaves out', () => {
  const page = renderReport(data('<&> a long word of a tool '.repeat(40), 20_000));
  expect(Buffer.byteLength(page)).toBeLessThan(5_000_000);
  for (const what of ['failures', 'suites', 'files', 'findings', 'components'])
    expect(page).toMatch(new RegExp(`and \\d+ more ${what}`));
});

test('what would turn the direction of writing, or is no text, is shown as such', () => {
  expect(html`<b>${'a\u202eb\u0000'}${null}${[1, html`<i></i>`]}</b>`.text).toBe(
    '<b>a\ufffdb\ufffd1<i></i></b>',
  );
  expect(moment('2026-11-23T22:03:33+02:00')).toBe('2026-11-23 20:03 UTC');
  expect(moment('?')).toBe('?');
});
