import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { judgeCondition } from '#shared/expressions/judge-condition.ts';
import { referencesOf } from '#shared/expressions/references.ts';
import { parseExpression } from '#shared/expressions/syntax.ts';
import { AppError, toAppError } from '#shared/lib/app-error.ts';
import type { TestCase, TestReport } from '#shared/reports/test-report.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { wordSetting } from '../tools/setting-shapes.ts';
import { failed } from '../tools/verdict.ts';
import { workspacePath } from '../tools/workspace-path.ts';
import { collectEvidence, type Evidence } from './compliance/evidence.ts';
import { type Policy, policyOf, policySetting } from './compliance/policies.ts';
import { countCases } from './unit/count-cases.ts';

const settings = z.strictObject({
  policies: z
    .array(policySetting)
    .min(1)
    .describe('What the run must show: names of policies that ship, or policies of your own')
    .meta({ title: 'Policies', examples: [['tests-passed', 'four-eyes']] }),
  file: wordSetting
    .default('compliance.json')
    .describe('Where the record is written, relative to the working directory')
    .meta({ title: 'Record' }),
});

/** Judges a run by what it can show. */
export const testCompliance = defineKind({
  id: 'test.compliance',
  title: 'Compliance',
  summary: 'Judges the evidence of the run by policies, and keeps a record of it',
  docs: [
    'Looks at what the stages before it have left, so let it need them: `tests`, `coverage`, `findings`, `sbom`, `metrics` as in',
    'a gate, over all stages; `provenance` (`subjects`, `signed`, `verified`); `approvals` (`total`, `names`, `others`: how many',
    "approved who are not the commit's author); `commit` (`id`, `author`, `email`, `signed`); `artifacts.names`; and each stage's own",
    "under `stages`, as in `stages.unit.tests.failed == 0` and `stages.unit.status == 'succeeded'`.",
    '',
    'These policies ship: `tests-passed`, `sbom-present`, `no-critical`, `provenance`, `four-eyes`, `signed-commit`. One of your',
    'own has an `id`, the `control` that it is for, and an `expr` without `${{ }}`.',
    '',
    'Each policy is a test. One that does not hold fails the stage, and so does one whose evidence is missing. The record,',
    'kept as the artifact `compliance`, has each policy with the SHA-256 of what it was judged by.',
  ].join('\n'),
  settings,
  example: {
    policies: ['tests-passed', { id: 'covered', control: 'QA-1', expr: 'coverage.lines >= 60' }],
  },
  outputs: {
    total: 'How many policies were judged',
    failed: 'How many of them do not hold',
  },
  reports: ['tests'],
  worksOnFiles: true,
  async run({ policies, file }, context) {
    const record = await workspacePath(context, file, 'file');
    const all = policies.map(policyOf);
    refuseDoubles(all);
    const evidence = await collectEvidence(context);
    const judged = all.map((policy) => judge(policy, evidence));
    await writeFile(record.here, `${JSON.stringify(recordOf(context, judged), null, 2)}\n`);
    return resultOf(judged, record.fromWorkspace);
  },
});

interface Judged extends Policy {
  /** Null: it holds. */
  readonly why: string | null;
  /** SHA-256 by context; null: it is missing. */
  readonly evidence: Readonly<Record<string, string | null>>;
}

function judge(policy: Policy, { contexts, digestOf }: Evidence): Judged {
  const parsed = parseExpression(policy.expr);
  const names = parsed.ok ? referencesOf(parsed.tree).contexts.map(({ context }) => context) : [];
  const evidence = Object.fromEntries([...new Set(names)].map((name) => [name, digestOf(name)]));
  return { ...policy, why: whyNot(policy, contexts), evidence };
}

function whyNot({ expr }: Policy, contexts: Evidence['contexts']): string | null {
  try {
    const judgement = judgeCondition(expr, contexts);
    return judgement.holds ? null : judgement.why;
  } catch (error) {
    return toAppError(error, 'expression-failed').message;
  }
}

function refuseDoubles(policies: readonly Policy[]): void {
  const seen = new Set<string>();
  for (const { id } of policies) {
    if (seen.has(id))
      throw new AppError('usage', `Two policies are called ${id}.`, { hint: 'Give each an id of its own.' });
    seen.add(id);
  }
}

const recordOf = ({ run, stage }: KindContext, judged: readonly Judged[]) => ({
  run: { id: run.id, number: run.number, name: run.name, commit: run.git?.commit ?? null },
  stage,
  controls: judged.map(({ why, ...policy }) => ({ ...policy, holds: why === null, why })),
});

function resultOf(judged: readonly Judged[], file: string): KindResult {
  const bad = judged.filter(({ why }) => why !== null);
  const some = bad.map(({ id, why }) => `${id} (${why ?? ''})`);
  const report = reportOf(judged);
  return {
    outcome:
      bad.length === 0
        ? SUCCEEDED
        : failed(`${bad.length} of ${judged.length} policies do not hold: ${some.join('; ')}`),
    reports: [{ type: 'tests', report }],
    outputs: { total: String(judged.length), failed: String(bad.length) },
    artifacts: [{ name: 'compliance', paths: [file], ifNoFilesFound: 'error' }],
  };
}

function reportOf(judged: readonly Judged[]): TestReport {
  const cases = judged.map(({ id, control, expr, why }): TestCase => ({
    name: id,
    classname: control,
    file: null,
    line: null,
    status: why === null ? 'passed' : 'failed',
    durationMs: 0,
    message: why,
    details: why === null ? null : expr,
    stdout: null,
    stderr: null,
  }));
  const counts = countCases(cases);
  const suite = { name: 'compliance', file: null, timestamp: null, cases, stdout: null, stderr: null };
  return { ...counts, suites: [{ ...counts, ...suite }] };
}
