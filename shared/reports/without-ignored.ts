import type { NormalForm } from './normal-form.ts';
import { countSeverities } from './severity.ts';

/** Reports without the findings that people decided not to count, for judging; what is stored keeps them. */
export function withoutIgnored(
  reports: readonly NormalForm[],
  ignored: ReadonlySet<string>,
): readonly NormalForm[] {
  if (ignored.size === 0) return reports;
  return reports.map((form) => {
    if (form.type !== 'findings') return form;
    const findings = form.report.findings.filter(({ fingerprint }) => !ignored.has(fingerprint));
    return { type: 'findings', report: { ...form.report, findings, counts: countSeverities(findings) } };
  });
}
