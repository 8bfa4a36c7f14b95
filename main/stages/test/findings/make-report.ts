import {
  MAX_FINDINGS,
  fingerprintOf,
  type Finding,
  type FindingRule,
  type FindingsReport,
} from '#shared/reports/findings.ts';
import { countSeverities } from '#shared/reports/severity.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';

/** What a tool says of one problem; the rest follows or is unknown. */
export type FoundProblem = Pick<Finding, 'ruleId' | 'severity' | 'message'> & Partial<Finding>;

/** Longest message that is kept. */
const MAX_MESSAGE_CHARS = 2_000;

/** A place as the schema wants it: 1-based, null for what is no such number. */
const placeOf = (value: number | null | undefined): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;

export function makeFinding(tool: string, problem: FoundProblem): Finding {
  const finding = {
    tool: problem.tool ?? tool,
    ruleId: problem.ruleId,
    severity: problem.severity,
    message: problem.message.slice(0, MAX_MESSAGE_CHARS),
    file: problem.file ?? null,
    line: placeOf(problem.line),
    column: placeOf(problem.column),
    endLine: placeOf(problem.endLine),
    endColumn: placeOf(problem.endColumn),
    package: problem.package ?? null,
  };
  return { ...finding, fingerprint: fingerprintOf(finding) };
}

/** The findings of one tool. @param checked null: the tool does not tell */
export function findingsOf(
  tool: string,
  problems: Iterable<FoundProblem>,
  more: {
    readonly version?: string | null;
    readonly checked?: number | null;
    readonly rules?: Iterable<Partial<FindingRule> & Pick<FindingRule, 'id'>>;
  } = {},
): FindingsReport {
  const all = Array.from(problems, (problem) => makeFinding(tool, problem));
  const rules = new Map<string, FindingRule>();
  for (const { id, title, help, helpUri } of more.rules ?? []) {
    const uri = helpUri != null && /^https?:\/\//.test(helpUri) ? helpUri : null;
    rules.set(id, { id, tool, title: title ?? null, help: help ?? null, helpUri: uri });
  }
  return {
    tools: [{ name: tool, version: more.version ?? null }],
    checked: more.checked ?? null,
    counts: countSeverities(all),
    findings: all.slice(0, MAX_FINDINGS),
    rules: [...rules.values()],
  };
}

/** The same as the answer of a tool's reader. */
export const asFindings = (...args: Parameters<typeof findingsOf>): readonly NormalForm[] => [
  { type: 'findings', report: findingsOf(...args) },
];
