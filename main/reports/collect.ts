import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Issue } from '#shared/lib/issue.ts';
import type { Coverage } from '#shared/reports/coverage.ts';
import { mergeTestReports } from '#shared/reports/test-report.ts';
import type { TestReport } from '#shared/reports/test-report.ts';
import { findReportFiles } from './find-report-files.ts';
import type { ReportFile } from './find-report-files.ts';
import { parseJUnit } from './junit/parse-junit.ts';
import { createLcovReader } from './lcov.ts';
import { reportIssue } from './report-issue.ts';

export interface CollectRequest {
  /** Absolute. */
  readonly workspace: string;
  /** Globs relative to the workspace; a leading `!` excludes. */
  readonly junit: readonly string[];
  /** Globs of lcov tracefiles. */
  readonly coverage?: readonly string[];
  /** When the attempt began: older files are not its reports. */
  readonly since?: Date;
  readonly signal: AbortSignal;
}

export interface CollectedReports {
  /** All JUnit files as one; null when none could be read. */
  readonly tests: TestReport | null;
  readonly coverage: Coverage | null;
  /** Broken or missing reports, in words; their paths are relative to the workspace. */
  readonly issues: readonly Issue[];
}

export interface ReportCollector {
  /** Finds, reads and merges reports. Rejects only when `signal` is aborted, or when the workspace itself cannot be read. */
  collect(request: CollectRequest): Promise<CollectedReports>;
}

/** Turns paths inside the workspace into relative ones, and backslashes into slashes. */
function relativeTo(folders: readonly string[]): (file: string) => string {
  return (file) => {
    const plain = file.startsWith('file://') ? file.slice('file://'.length) : file;
    for (const folder of folders) {
      if (!path.isAbsolute(plain)) break;
      const relative = path.relative(folder, plain);
      if (relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative))
        return relative.replaceAll('\\', '/');
    }
    return file.replaceAll('\\', '/');
  };
}

function withPaths(report: TestReport, pathOf: (file: string) => string): TestReport {
  const own = <T extends { readonly file: string | null }>(entry: T): T =>
    entry.file === null ? entry : { ...entry, file: pathOf(entry.file) };
  return {
    ...report,
    suites: report.suites.map((suite) => ({ ...own(suite), cases: suite.cases.map(own) })),
  };
}

/** Reads each file in turn, so that one report at a time is in memory. One that cannot be read is an issue. */
async function* read(
  files: readonly ReportFile[],
  issues: Issue[],
  signal: AbortSignal,
): AsyncGenerator<[Uint8Array, string]> {
  for (const { absolute, relative } of files) {
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

/** Holds no state: calls may overlap. */
export function createReportCollector(): ReportCollector {
  return {
    async collect({ workspace, junit, coverage = [], since, signal }) {
      const issues: Issue[] = [];
      const pathOf = relativeTo([await realpath(workspace), workspace]);
      const find = async (globs: readonly string[]) => {
        const found = await findReportFiles(workspace, globs, since ?? null, signal);
        issues.push(...found.issues);
        return found.files;
      };

      const reports: TestReport[] = [];
      for await (const [bytes, file] of read(await find(junit), issues, signal)) {
        const parsed = parseJUnit(bytes, file);
        issues.push(...parsed.issues);
        if (parsed.report) reports.push(withPaths(parsed.report, pathOf));
      }
      const lcov = createLcovReader(pathOf);
      for await (const [bytes, file] of read(await find(coverage), issues, signal)) {
        issues.push(...lcov.add(bytes, file));
      }
      return {
        tests: reports.length === 0 ? null : mergeTestReports(reports),
        coverage: lcov.coverage(),
        issues,
      };
    },
  };
}
