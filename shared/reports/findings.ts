import { z } from 'zod';
import { countSeverities, severityCountsSchema, severitySchema } from './severity.ts';

/** More than these of one report are counted, not kept. */
export const MAX_FINDINGS = 200_000;

export const findingSchema = z.object({
  /** As the tool names it: `no-unused-vars`, `CVE-2026-1234`, `TS2322`. */
  ruleId: z.string(),
  /** `eslint`, `tsc`, `npm-audit`. */
  tool: z.string(),
  severity: severitySchema,
  /** One line or a few. */
  message: z.string(),
  /** With forward slashes, relative to the workspace where it lies inside; null: of the whole. */
  file: z.string().nullable(),
  /** 1-based, as all four places. */
  line: z.number().int().positive().nullable(),
  column: z.number().int().positive().nullable(),
  endLine: z.number().int().positive().nullable(),
  endColumn: z.number().int().positive().nullable(),
  /**
   * The same for the same problem in the next run, also when lines above it come or go: it is made of tool, rule, file
   * and message (`fingerprintOf`), never of a line number.
   */
  fingerprint: z.string(),
  /** The package that it is about, for those of dependencies: `lodash@4.17.15`. */
  package: z.string().nullable(),
});
export type Finding = z.infer<typeof findingSchema>;

export const findingRuleSchema = z.object({
  id: z.string(),
  tool: z.string(),
  /** A few words; null: the id says it. */
  title: z.string().nullable(),
  /** Markdown or plain text. */
  help: z.string().nullable(),
  /** `https:` or `http:` only. */
  helpUri: z.string().nullable(),
});
export type FindingRule = z.infer<typeof findingRuleSchema>;

export const findingsReportSchema = z.object({
  /** What looked: name and, where it said so, version. */
  tools: z.array(z.object({ name: z.string(), version: z.string().nullable() })),
  /** Files, packages or rules that were looked at; null: the tool does not tell. */
  checked: z.number().int().nonnegative().nullable(),
  counts: severityCountsSchema,
  findings: z.array(findingSchema),
  /** Those of the findings, each once by tool and id; a rule without words of its own may be missing. */
  rules: z.array(findingRuleSchema),
});
/** What every linter's, scanner's and compiler's report becomes. */
export type FindingsReport = z.infer<typeof findingsReportSchema>;

/** One report with the findings of all. */
export function mergeFindings(reports: readonly FindingsReport[]): FindingsReport {
  const rules = new Map<string, FindingRule>();
  const tools = new Map<string, FindingsReport['tools'][number]>();
  for (const report of reports) {
    for (const rule of report.rules) rules.set(`${rule.tool}\n${rule.id}`, rule);
    for (const tool of report.tools) tools.set(`${tool.name}\n${tool.version ?? ''}`, tool);
  }
  const findings = reports.flatMap((report) => report.findings);
  const checked = reports.map((report) => report.checked).filter((count) => count !== null);
  return {
    tools: [...tools.values()],
    checked: checked.length === 0 ? null : checked.reduce((sum, count) => sum + count, 0),
    counts: countSeverities(findings),
    findings,
    rules: [...rules.values()],
  };
}

/**
 * What makes a finding the same one in another run. Digits in the message do not count: they are often lines, sizes or
 * times. Two equal problems in one file share it; they are told apart by their number where that matters.
 */
export function fingerprintOf(
  finding: Pick<Finding, 'tool' | 'ruleId' | 'file' | 'message' | 'package'>,
): string {
  const parts = [finding.tool, finding.ruleId, finding.file ?? '', finding.package ?? ''];
  return [...parts, finding.message.replace(/\d+/g, '#').slice(0, 300)].join('|');
}
