import { readFile } from 'node:fs/promises';
import type { ReportPlace } from '#main/engine/ports.ts';
import type { Issue } from '#shared/lib/issue.ts';
import type { PlannedReports } from '#shared/pipeline/plan.ts';
import { mergeFindings, type FindingsReport } from '#shared/reports/findings.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { mergeTestReports, type TestReport } from '#shared/reports/test-report.ts';
import type { Sbom } from '#shared/reports/sbom.ts';
import { createBreather } from './breather.ts';
import { createCoverageRecords } from './coverage/coverage-records.ts';
import { readCoverage } from './coverage/read-coverage.ts';
import { findReportFiles } from './find-report-files.ts';
import { parseCheckstyle } from './findings/parse-checkstyle.ts';
import { parseSarif } from './findings/sarif.ts';
import { reportIssue } from './report-issue.ts';
import { mergeSboms } from './sbom/merge-sboms.ts';
import { parseCycloneDx } from './sbom/parse-cyclonedx.ts';
import { createSourcePaths, toolPlaceOf } from './source-paths.ts';
import { parseTests } from './tests/parse-tests.ts';
import { withPaths } from './tests/with-paths.ts';
import { looksLikeXml } from './text/decode-bytes.ts';

export interface CollectedReports {
  /** One of each type at most, made of all files of that type. */
  readonly reports: readonly NormalForm[];
  /** Broken or missing reports, in words; their paths are relative to the workspace. */
  readonly issues: readonly Issue[];
}

/**
 * Finds, reads and merges reports. Holds no state: calls may overlap. Rejects only when `signal` is aborted, or when the workspace itself
 * cannot be read.
 * @param since when the attempt began: older files are not its reports
 */
export async function collectReports(
  place: ReportPlace,
  { junit, coverage, sarif = [], sbom = [] }: PlannedReports,
  signal: AbortSignal,
  since: Date | null = null,
): Promise<CollectedReports> {
  const issues: Issue[] = [];
  const reports: NormalForm[] = [];
  const paths = createSourcePaths(await toolPlaceOf(place));

  /** Each file in turn, so that one report at a time is in memory. One that cannot be read is an issue. */
  async function* read(globs: readonly string[]): AsyncGenerator<readonly [Uint8Array, string]> {
    const found = await findReportFiles(place.workspace, globs, since, signal);
    issues.push(...found.issues);
    for (const { absolute, relative } of found.files) {
      signal.throwIfAborted();
      let bytes: Uint8Array;
      try {
        bytes = await readFile(absolute, { signal });
      } catch (error) {
        signal.throwIfAborted();
        const reason = (error as NodeJS.ErrnoException).code ?? 'unknown error';
        issues.push(reportIssue(relative, 'report-unreadable', `The report could not be read (${reason}).`));
        continue;
      }
      yield [bytes, relative];
    }
  }
  function keep<T>(
    parsed: { readonly report: T | null; readonly issues: readonly Issue[] },
    into: T[],
  ): void {
    issues.push(...parsed.issues);
    if (parsed.report !== null) into.push(parsed.report);
  }

  const tests: TestReport[] = [];
  for await (const [bytes, file] of read(junit)) {
    const parsed = await parseTests(bytes, file, signal);
    keep({ ...parsed, report: parsed.report && withPaths(parsed.report, paths) }, tests);
  }
  if (tests.length > 0) reports.push({ type: 'tests', report: mergeTestReports(tests) });

  const records = createCoverageRecords();
  for await (const [bytes, file] of read(coverage)) {
    // Of a report that breaks off nothing counts, not even what came before.
    const own = createCoverageRecords();
    const faults = await readCoverage(bytes, file, own, paths, signal);
    issues.push(...faults);
    if (faults.length === 0) records.absorb(own);
  }
  const covered = await records.coverage(createBreather(signal));
  if (covered !== null) reports.push({ type: 'coverage', report: covered });

  const findings: FindingsReport[] = [];
  for await (const [bytes, file] of read(sarif)) {
    const parsed = looksLikeXml(bytes)
      ? await parseCheckstyle(bytes, file, paths, signal)
      : await parseSarif(bytes, file, paths, createBreather(signal));
    keep(parsed, findings);
  }
  if (findings.length > 0) reports.push({ type: 'findings', report: mergeFindings(findings) });

  const sboms: Sbom[] = [];
  for await (const [bytes, file] of read(sbom)) keep(await parseCycloneDx(bytes, file, signal), sboms);
  if (sboms.length > 0) reports.push({ type: 'sbom', report: mergeSboms(sboms) });

  return { reports, issues };
}
