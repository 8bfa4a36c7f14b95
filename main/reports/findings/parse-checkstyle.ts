import { reportIssue } from '../report-issue.ts';
import type { SourcePaths } from '../source-paths.ts';
import { readXml } from '../xml/read-xml.ts';
import { checkstyleForm } from './checkstyle.ts';
import { createFindingsBuilder } from './collect-findings.ts';
import type { ParsedFindings } from './sarif.ts';

/** Reads Checkstyle's XML. Rejects with the signal's reason only. */
export async function parseCheckstyle(
  bytes: Uint8Array,
  name: string,
  paths: SourcePaths,
  signal: AbortSignal,
): Promise<ParsedFindings> {
  const builder = createFindingsBuilder();
  const result = await readXml(
    bytes,
    name,
    (root) => {
      if (root === 'checkstyle') return checkstyleForm(builder, paths);
      const message = `This is no report of Checkstyle's form: its root element is <${root.slice(0, 100)}>.`;
      const hint = 'SARIF 2.1.0 and Checkstyle XML are read';
      return { issue: reportIssue(name, 'report-not-findings', message, { hint }) };
    },
    signal,
  );
  if ('issue' in result) return { report: null, issues: [result.issue] };
  const kept = `${builder.dropped.toLocaleString('en')} findings of the report are counted and not kept.`;
  return {
    report: result.value,
    issues:
      builder.dropped === 0 ? [] : [reportIssue(name, 'report-truncated', kept, { severity: 'warning' })],
  };
}
