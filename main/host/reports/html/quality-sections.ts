import type { CoverageView, FindingsView } from '#shared/api/report-schemas.ts';
import type { CoverageRatio } from '#shared/reports/coverage.ts';
import type { Finding } from '#shared/reports/findings.ts';
import { countSeverities, SEVERITIES } from '#shared/reports/severity.ts';
import { cut, html, type Markup, plural, section, table } from './markup.ts';

const percent = ({ pct }: CoverageRatio): string => (pct === null ? '–' : `${pct} %`);

export function coverageSection(coverage: CoverageView | null): Markup | null {
  if (coverage === null) return null;
  const { lines, branches, functions, patch, before, files } = coverage;
  const facts = [
    `${percent(lines)} of lines`,
    ...(branches.total > 0 ? [`${percent(branches)} of branches`] : []),
    ...(functions.total > 0 ? [`${percent(functions)} of functions`] : []),
    ...(patch ? [`${percent(patch.lines)} of ${plural(patch.lines.total, 'changed line')}`] : []),
    ...(before ? [`before, in #${before.run.number}: ${percent(before.lines)}`] : []),
  ];
  const leastFirst = [...files].sort((a, b) => (a.lines.pct ?? 101) - (b.lines.pct ?? 101));
  return section(
    'Coverage',
    facts.join(', '),
    table(
      ['File', 'Lines', 'Branches', 'Functions'],
      leastFirst,
      (file) =>
        html`<tr>
          <td><code>${cut(file.path, 400)}</code></td>
          <td class="number">
            ${bar(file.lines)}${percent(file.lines)} <small>of ${file.lines.total}</small>
          </td>
          <td class="number">${percent(file.branches)}</td>
          <td class="number">${percent(file.functions)}</td>
        </tr>`,
      'files',
    ),
  );
}

const bar = ({ pct }: CoverageRatio): Markup =>
  html`<span class="bar" aria-hidden="true"><i style="width:${Math.round(pct ?? 0)}%"></i></span>`;

export function findingsSection({
  stages,
  new: fresh,
  fixed,
  ignored,
  baseline,
}: FindingsView): Markup | null {
  if (stages.length === 0) return null;
  const decisions = new Map(ignored.map((one) => [one.fingerprint, one]));
  const news = new Set(fresh);
  const findings = stages
    .flatMap(({ stage, report }) => report.findings.map((finding) => ({ ...finding, stage })))
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const counts = countSeverities(findings);
  const facts = [
    ...SEVERITIES.filter((severity) => counts[severity] > 0).map(
      (severity) => `${counts[severity]} ${severity}`,
    ),
    ...(baseline ? [`${news.size} new and ${fixed.length} fixed against #${baseline.number}`] : []),
  ];
  const row = (finding: Finding & { readonly stage: string }): Markup => {
    const decision = decisions.get(finding.fingerprint);
    const isWorse = finding.severity === 'critical' || finding.severity === 'high';
    return html`<tr>
      <td class="${isWorse ? 'bad' : 'warn'}">${finding.severity}</td>
      <td>
        ${cut(finding.message, 600)}
        ${decision ? html`<br /><small>ignored by ${decision.by}: ${cut(decision.reason, 300)}</small>` : null}
        ${news.has(finding.fingerprint) ? html` <small class="bad">new</small>` : null}
      </td>
      <td><code>${cut(finding.ruleId, 200)}</code><br /><small>${finding.tool}, ${finding.stage}</small></td>
      <td><code>${placeOf(finding)}</code></td>
    </tr>`;
  };
  return section(
    'Findings',
    facts.length === 0 ? 'none' : facts.join(', '),
    findings.length === 0
      ? html`<p class="dim">Nothing was found.</p>`
      : table(['Severity', 'Message', 'Rule', 'Place'], findings, row, 'findings'),
  );
}

function placeOf({ file, line, package: about }: Finding): string {
  if (file === null) return about ?? '';
  return cut(line === null ? file : `${file}:${line}`, 400);
}
