import type { Issue } from '#shared/lib/issue.ts';
import { reportIssue, tooLarge } from '../report-issue.ts';
import type { SourcePaths } from '../source-paths.ts';
import { decodeText } from '../text/decode-bytes.ts';
import { readXml } from '../xml/read-xml.ts';
import { coberturaForm } from './cobertura.ts';
import type { CoverageRecords } from './coverage-records.ts';
import { jacocoForm } from './jacoco.ts';
import { readLcov } from './lcov.ts';

const PROLOG_BYTES = 1_024;

/**
 * Reads one coverage report, lcov, Cobertura or JaCoCo by its looks, into `records`, where a source file that several reports
 * name is counted once. Rejects with the signal's reason only.
 * @returns why the file was refused, if it was
 */
export async function readCoverage(
  bytes: Uint8Array,
  name: string,
  records: CoverageRecords,
  paths: SourcePaths,
  signal: AbortSignal,
): Promise<readonly Issue[]> {
  const large = tooLarge(bytes, name);
  if (large) return [large];
  const start = decodeText(bytes.subarray(0, PROLOG_BYTES)).trimStart();
  if (start === '' && bytes.length <= PROLOG_BYTES) {
    return [reportIssue(name, 'report-empty', 'The report is empty.')];
  }
  if (!start.startsWith('<')) return readLcov(bytes, name, records, paths, signal);
  const result = await readXml(
    bytes,
    name,
    (root) => {
      if (root === 'coverage') return coberturaForm(records, paths);
      if (root === 'report') return jacocoForm(records, paths);
      const message = `This is no coverage report that is known here: its root element is <${root.slice(0, 100)}>.`;
      return {
        issue: reportIssue(name, 'report-not-coverage', message, {
          hint: 'lcov, Cobertura and JaCoCo XML are read',
        }),
      };
    },
    signal,
  );
  if ('issue' in result) return [result.issue];
  if (result.value > 0) return [];
  const message = 'This coverage report names no source file.';
  return [reportIssue(name, 'report-not-coverage', message)];
}
