import type { NormalForm } from '#shared/reports/normal-form.ts';
import type { Severity } from '#shared/reports/severity.ts';
import type { ToolAdapter } from '../../tools/tool-adapter.ts';
import { asFindings, type FoundProblem } from '../findings/make-report.ts';

/** A known vulnerability of a package that the project has. */
export interface Vulnerability {
  /** As its source names it: `GHSA-p6mc-m468-83gw`, `CVE-2020-8203`. */
  readonly id: string;
  /** Other names of the same. */
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly name: string;
  readonly version: string | null;
  readonly title: string;
  readonly url: string | null;
  /** The version, or a word on it, that mends it; null: none is known. */
  readonly fixedIn: string | null;
  /** The file that names the package, as the tool wrote it. */
  readonly file: string | null;
}

/** What a scanner found; its reader fills it. */
export interface Scan {
  readonly vulnerabilities: Vulnerability[];
  /** When the tool's data was made; null: it does not tell, or asks a server each time. */
  databaseAt: string | null;
}

export const startScan = (): Scan => ({ vulnerabilities: [], databaseAt: null });

export interface ScanSettings {
  /** Leaves out what only development needs, where the tool can. */
  readonly runtimeOnly: boolean;
  readonly args: readonly string[];
}

/** A row of the table of scanners, for one scan. */
export interface Scanner {
  readonly adapter: ToolAdapter<ScanSettings>;
  /** Arguments with which the tool tells the age of its data, and how to read it. */
  readonly database?: {
    readonly argv: readonly string[];
    readonly read: (text: string) => string | null;
  };
}

const SEVERITY: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  high: 'high',
  moderate: 'medium',
  medium: 'medium',
  low: 'low',
  negligible: 'info',
  info: 'info',
};

/** What nobody has judged yet counts as medium, so that it is seen. */
export const severityOf = (word: string | null | undefined): Severity =>
  SEVERITY[(word ?? '').toLowerCase()] ?? 'medium';

/** A CVSS score. */
export const severityOfScore = (score: number): Severity =>
  score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low';

export const asProblem = ({
  id,
  severity,
  name,
  version,
  title,
  fixedIn,
  file,
}: Vulnerability): FoundProblem => ({
  ruleId: id,
  severity,
  message: `${title || id}${fixedIn === null ? '; no fix is known' : `; fixed in ${fixedIn}`}`,
  file,
  package: version === null ? name : `${name}@${version}`,
});

/** Keeps what a scanner found, each once. */
export function keepAll(
  scan: Scan,
  tool: string,
  all: readonly Vulnerability[],
  checked: number | null,
): readonly NormalForm[] {
  const seen = new Set<string>();
  for (const one of all) {
    const key = JSON.stringify([one.id, one.name, one.version, one.file]);
    if (seen.has(key)) continue;
    seen.add(key);
    scan.vulnerabilities.push(one);
  }
  return asFindings(tool, all.map(asProblem), { checked });
}
