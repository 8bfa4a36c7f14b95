import type { ParsedReport, ReportFormat } from '#main/engine/ports.ts';
import { parseJUnit } from './junit/parse-junit.ts';
import { createLcovReader } from './lcov.ts';
import { reportIssue } from './report-issue.ts';

/** Reads one report that a tool wrote, whichever of the known formats it has. Contract: `Reports.parse`. */
export async function parseReport(
  bytes: Uint8Array,
  format: ReportFormat,
  name: string,
  _workspace: string,
  signal: AbortSignal,
): Promise<ParsedReport> {
  signal.throwIfAborted();
  if (format === 'tests') {
    const { report, issues } = parseJUnit(bytes, name);
    return { form: report ? { type: 'tests', report } : null, issues };
  }
  if (format === 'coverage') {
    const reader = createLcovReader();
    const issues = reader.add(bytes, name);
    const report = reader.coverage();
    return { form: report ? { type: 'coverage', report } : null, issues };
  }
  const issue = reportIssue(name, 'report-unreadable', `Reports in ${format} cannot be read yet.`);
  return Promise.resolve({ form: null, issues: [issue] });
}
