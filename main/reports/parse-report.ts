import type { ParsedReport, ReportFormat, ReportPlace } from '#main/engine/ports.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { createBreather } from './breather.ts';
import { createCoverageRecords } from './coverage/coverage-records.ts';
import { readCoverage } from './coverage/read-coverage.ts';
import { parseCheckstyle } from './findings/parse-checkstyle.ts';
import { parseSarif } from './findings/sarif.ts';
import { parseProvenance } from './parse-provenance.ts';
import { parseCycloneDx } from './sbom/parse-cyclonedx.ts';
import { createSourcePaths, toolPlaceOf, type SourcePaths } from './source-paths.ts';
import { parseTests } from './tests/parse-tests.ts';
import { withPaths } from './tests/with-paths.ts';

/** Reads one report that a tool wrote, whichever of the known formats it has. Contract: `Reports.parse`. */
export async function parseReport(
  bytes: Uint8Array,
  format: ReportFormat,
  name: string,
  place: ReportPlace,
  signal: AbortSignal,
): Promise<ParsedReport> {
  signal.throwIfAborted();
  return parseAs(bytes, format, name, createSourcePaths(await toolPlaceOf(place)), signal);
}

async function parseAs(
  bytes: Uint8Array,
  format: ReportFormat,
  name: string,
  paths: SourcePaths,
  signal: AbortSignal,
): Promise<ParsedReport> {
  switch (format) {
    case 'tests': {
      const { report, issues } = await parseTests(bytes, name, signal);
      return answer('tests', report && withPaths(report, paths), issues);
    }
    case 'coverage': {
      const records = createCoverageRecords();
      const issues = await readCoverage(bytes, name, records, paths, signal);
      return answer(
        'coverage',
        issues.length === 0 ? await records.coverage(createBreather(signal)) : null,
        issues,
      );
    }
    case 'sarif':
    case 'checkstyle': {
      const { report, issues } =
        format === 'sarif'
          ? await parseSarif(bytes, name, paths, createBreather(signal))
          : await parseCheckstyle(bytes, name, paths, signal);
      return answer('findings', report, issues);
    }
    case 'cyclonedx': {
      const { report, issues } = await parseCycloneDx(bytes, name, signal);
      return answer('sbom', report, issues);
    }
    case 'in-toto': {
      const { report, issues } = await parseProvenance(bytes, name, createBreather(signal));
      return answer('provenance', report, issues);
    }
  }
}

function answer<Type extends NormalForm['type']>(
  type: Type,
  report: Extract<NormalForm, { type: Type }>['report'] | null,
  issues: ParsedReport['issues'],
): ParsedReport {
  return { form: report === null ? null : ({ type, report } as NormalForm), issues };
}
