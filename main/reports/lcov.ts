import type { Issue } from '#shared/lib/issue.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import { coverageRatio, sumCoverage } from '#shared/reports/coverage.ts';
import type { Coverage, CoverageRatio } from '#shared/reports/coverage.ts';
import { MAX_REPORT_BYTES, reportIssue } from './report-issue.ts';

/** Hits by line number, by branch, by function; and the totals of tools that write those alone. */
interface FileRecord {
  readonly lines: Map<string, number>;
  readonly branches: Map<string, number>;
  readonly functions: Map<string, number>;
  readonly stated: Map<string, number>;
}

export interface LcovReader {
  /**
   * Reads one tracefile. A source file that several tracefiles (or tests) name is counted once, its hits added up.
   * Lines that are not understood are passed over. Never throws.
   * @returns why the file was refused, if it was
   */
  add(bytes: Uint8Array, file: string): readonly Issue[];
  /** What was read so far; null while there is nothing. */
  coverage(): Coverage | null;
}

function hitsOf(text: string | undefined): number {
  const hits = Number(text ?? Number.NaN);
  return hits > 0 ? hits : 0;
}

function count(map: Map<string, number>, key: string, hits: number): void {
  map.set(key, (map.get(key) ?? 0) + hits);
}

function readLine(record: FileRecord, tag: string, value: string): void {
  if (tag === 'DA') {
    const [line = '', hits] = value.split(',', 2);
    count(record.lines, line, hitsOf(hits));
  } else if (tag === 'BRDA') {
    const taken = value.lastIndexOf(',');
    count(record.branches, value.slice(0, taken), hitsOf(value.slice(taken + 1)));
  } else if (tag === 'FN') {
    count(record.functions, value.slice(value.lastIndexOf(',') + 1), 0);
  } else if (tag === 'FNDA') {
    const comma = value.indexOf(',');
    count(record.functions, value.slice(comma + 1), hitsOf(value.slice(0, comma)));
  } else if (/^(LF|LH|BRF|BRH|FNF|FNH)$/.test(tag)) {
    record.stated.set(tag, Math.max(record.stated.get(tag) ?? 0, Math.floor(hitsOf(value))));
  }
}

function ratio(hits: Map<string, number>, { stated }: FileRecord, found: string, hit: string): CoverageRatio {
  if (hits.size > 0) return coverageRatio([...hits.values()].filter((value) => value > 0).length, hits.size);
  const total = stated.get(found) ?? 0;
  return coverageRatio(Math.min(stated.get(hit) ?? 0, total), total);
}

/** @param pathOf turns the path of a source file, as the tool wrote it, into the one to show */
export function createLcovReader(pathOf: (path: string) => string = (path) => path): LcovReader {
  const records = new Map<string, FileRecord>();

  function recordOf(source: string): FileRecord {
    const path = pathOf(source);
    const known = records.get(path);
    if (known) return known;
    const record = { lines: new Map(), branches: new Map(), functions: new Map(), stated: new Map() };
    records.set(path, record);
    return record;
  }

  return {
    add(bytes, file) {
      if (bytes.byteLength > MAX_REPORT_BYTES) {
        const size = `${formatSize(bytes.byteLength)}, more than the ${formatSize(MAX_REPORT_BYTES)} that are read`;
        return [reportIssue(file, 'report-too-large', `The coverage report has ${size}.`)];
      }
      let current: FileRecord | null = null;
      let found = false;
      for (const [line] of new TextDecoder().decode(bytes).matchAll(/[^\r\n]+/g)) {
        const colon = line.indexOf(':');
        const tag = (colon === -1 ? line : line.slice(0, colon)).trim();
        if (tag === 'SF' && colon !== -1) {
          current = recordOf(line.slice(colon + 1).trim());
          found = true;
        } else if (tag === 'end_of_record') current = null;
        else if (current && colon !== -1) readLine(current, tag, line.slice(colon + 1).trim());
      }
      if (found) return [];
      const message = 'This is not an lcov report: it names no source file (`SF:`).';
      return [
        reportIssue(file, 'report-not-lcov', message, {
          hint: 'an lcov tracefile is often called lcov.info',
        }),
      ];
    },
    coverage() {
      if (records.size === 0) return null;
      return sumCoverage(
        [...records].map(([path, record]) => ({
          path,
          lines: ratio(record.lines, record, 'LF', 'LH'),
          branches: ratio(record.branches, record, 'BRF', 'BRH'),
          functions: ratio(record.functions, record, 'FNF', 'FNH'),
        })),
      );
    },
  };
}
