import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import type { Finding, FindingsReport } from '#shared/reports/findings.ts';
import { newFindings } from '#shared/reports/new-findings.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { countSeverities, SEVERITIES } from '#shared/reports/severity.ts';
import { failed, judgeFindings } from '../../tools/verdict.ts';
import type { VerdictSettings } from './settings.ts';

/** So many findings stand in the log; the report has all. */
const MAX_SAID = 100;

/** Outputs that every kind with findings has. */
export const FINDINGS_OUTPUTS = {
  checked: 'How many files, packages or rules were looked at; empty where the tools do not tell',
  findings: 'How many findings there are',
  new: 'How many of them count: all, or with `baseline: new-only` those that the baseline did not have',
} as const;

export interface Conclusion {
  readonly findings: FindingsReport;
  /** What else was reported. */
  readonly reports?: readonly NormalForm[];
  /** What was not looked at, and the like: they are warnings. */
  readonly notes?: readonly string[];
  /** What else people should know; no warning. */
  readonly remarks?: readonly string[];
  /** What fails the stage besides findings, such as a figure over its limit: each a part of a sentence. */
  readonly reasons?: readonly string[];
  readonly outputs?: Readonly<Record<string, string>>;
  readonly artifacts?: KindResult['artifacts'];
}

/** Judges findings by the settings, says them in the log, and makes of them the result of a kind. */
export async function conclude(
  context: KindContext,
  settings: VerdictSettings,
  {
    findings: report,
    reports = [],
    notes = [],
    remarks = [],
    reasons = [],
    outputs = {},
    artifacts = [],
  }: Conclusion,
): Promise<KindResult> {
  const isNewOnly = settings.baseline === 'new-only';
  const ignored = context.ignoredFindings();
  const judgeable = report.findings.filter(({ fingerprint }) => !ignored.has(fingerprint));
  const counted = isNewOnly
    ? newFindings(judgeable, findingsIn(context.baseline(settings.branch ?? null)))
    : judgeable;
  for (const finding of counted.slice(0, MAX_SAID)) await context.say(lineOf(finding));
  if (counted.length > MAX_SAID) await context.say(`… and ${counted.length - MAX_SAID} more`);
  for (const note of [...notes, ...remarks]) await context.say(note);
  const judged = judgeFindings(counted, settings['fail-on']);
  const why = [...(judged.type === 'failed' ? [judged.message ?? ''] : []), ...reasons];
  return {
    outcome: why.length === 0 ? judged : failed(why.join('; ')),
    reports: [{ type: 'findings', report }, ...reports],
    issues: notes.map((message) => ({
      code: 'not-checked',
      severity: 'warning' as const,
      path: context.run.pipelineFile,
      line: null,
      column: null,
      message,
      hint: null,
    })),
    outputs: {
      checked: report.checked === null ? '' : String(report.checked),
      findings: String(report.findings.length),
      new: String(counted.length),
      ...outputs,
    },
    artifacts,
    summary: summaryOf(report, counted, isNewOnly, [...notes, ...remarks]),
  };
}

const findingsIn = (forms: readonly NormalForm[]): readonly Finding[] =>
  forms.flatMap((form) => (form.type === 'findings' ? form.report.findings : []));

/** `src/a.js:3:5 high no-eval: eval is evil`, all on one line, as nobody knows what a file is called. */
function lineOf({ file, line, column, severity, ruleId, message, package: name }: Finding): string {
  const place = [file ?? name ?? '', line, line === null ? null : column].filter((part) => part !== null);
  return `${place.join(':')} ${severity} ${ruleId}: ${message}`.replaceAll(/\s+/g, ' ').trim().slice(0, 500);
}

function summaryOf(
  { tools, checked, findings }: FindingsReport,
  counted: readonly Finding[],
  isNewOnly: boolean,
  notes: readonly string[],
): string {
  const names = [...new Set(tools.map(({ name }) => name))].join(', ');
  const counts = countSeverities(counted);
  const rows = SEVERITIES.filter((severity) => counts[severity] > 0).map(
    (severity) => `| ${severity} | ${counts[severity]} |`,
  );
  const known = findings.length - counted.length;
  return [
    `${checked === null ? 'Looked' : `Looked at ${checked}`}${names === '' ? '' : ` with ${names}`}: ` +
      `${counted.length === 0 ? 'nothing' : counted.length}${isNewOnly ? ' new' : ''} found${known > 0 ? `, ${known} known before` : ''}.`,
    ...(rows.length === 0 ? [] : ['', '| severity | findings |', '| --- | ---: |', ...rows]),
    ...notes.map((note) => `\n${note}`),
  ].join('\n');
}
