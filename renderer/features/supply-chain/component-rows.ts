import type { SupplyChain } from '#shared/api/report-schemas.ts';
import type { Finding } from '#shared/reports/findings.ts';
import type { Component, Sbom } from '#shared/reports/sbom.ts';
import { SEVERITIES, type Severity } from '#shared/reports/severity.ts';

/** A component with what is known of it. */
export interface ComponentRow {
  readonly key: string;
  readonly component: Component;
  /** `MIT OR Apache-2.0`; '' when it is not known. */
  readonly license: string;
  /** Findings about it, the worst first. */
  readonly vulnerabilities: readonly Finding[];
  /** Null: none is known. */
  readonly worst: Severity | null;
}

/** All components of a run's bills, each once by package URL (else by name and version), the vulnerable first. */
export function componentRows({ bills, vulnerabilities }: SupplyChain): readonly ComponentRow[] {
  const about = new Map<string, Finding[]>();
  for (const finding of vulnerabilities) {
    const key = finding.package ?? '';
    about.set(key, [...(about.get(key) ?? []), finding]);
  }
  const rows = new Map<string, ComponentRow>();
  for (const { sbom } of bills) {
    for (const component of sbom.components) {
      const key = component.purl ?? labelOf(component);
      if (rows.has(key)) continue;
      const found = [...(about.get(labelOf(component)) ?? about.get(component.name) ?? [])].sort(bySeverity);
      rows.set(key, {
        key,
        component,
        license: component.licenses.join(', '),
        vulnerabilities: found,
        worst: found[0]?.severity ?? null,
      });
    }
  }
  return [...rows.values()].sort(compareRows);
}

/** `lodash@4.17.15`. */
export const labelOf = ({ name, version }: Pick<Component, 'name' | 'version'>): string =>
  version === null ? name : `${name}@${version}`;

const rankOf = (severity: Severity | null): number =>
  severity === null ? SEVERITIES.length : SEVERITIES.indexOf(severity);
const bySeverity = (a: Finding, b: Finding): number => rankOf(a.severity) - rankOf(b.severity);

function compareRows(a: ComponentRow, b: ComponentRow): number {
  return (
    rankOf(a.worst) - rankOf(b.worst) ||
    Number(b.component.direct) - Number(a.component.direct) ||
    (a.component.name < b.component.name ? -1 : 1)
  );
}

export interface LicenseCount {
  /** '' for those of which it is not known. */
  readonly license: string;
  readonly count: number;
}

/** How many components each licence has, the most common first, unknown ones last. */
export function countLicenses(rows: readonly ComponentRow[]): readonly LicenseCount[] {
  const counts = new Map<string, number>();
  for (const { license } of rows) counts.set(license, (counts.get(license) ?? 0) + 1);
  return [...counts]
    .map(([license, count]) => ({ license, count }))
    .sort((a, b) => Number(a.license === '') - Number(b.license === '') || b.count - a.count);
}

/** Whether each word stands somewhere in what the row says. */
export function fitsWords({ component, license, vulnerabilities }: ComponentRow, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = vulnerabilities.map(({ ruleId }) => ruleId).join(' ');
  const haystack = `${labelOf(component)} ${license} ${component.purl ?? ''} ${found}`.toLowerCase();
  return words.every((word) => haystack.includes(word));
}

/** The shortest way from the thing itself to a component, by what they need; null when nothing says who needs it. */
export function wayTo(sbom: Sbom, ref: string): readonly string[] | null {
  const needs = new Map(sbom.dependencies.map(({ from, to }) => [from, to]));
  const cameFrom = new Map<string, string | null>([['', null]]);
  const queue = [''];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (at === ref) return pathBack(cameFrom, ref);
    for (const next of needs.get(at) ?? []) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, at);
      queue.push(next);
    }
  }
  return null;
}

function pathBack(cameFrom: ReadonlyMap<string, string | null>, ref: string): readonly string[] {
  const way: string[] = [];
  for (let at: string | null = ref; at !== null && at !== ''; at = cameFrom.get(at) ?? null) way.unshift(at);
  return way;
}
