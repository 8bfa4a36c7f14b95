import type { Issue } from '#shared/lib/issue.ts';
import { createBreather } from '../breather.ts';
import { reportIssue } from '../report-issue.ts';
import type { SourcePaths } from '../source-paths.ts';
import { decodeText } from '../text/decode-bytes.ts';
import type { CoverageRecords, FileRecord, Measure } from './coverage-records.ts';

const TOTALS: Readonly<Record<string, readonly [Measure, 'found' | 'hit']>> = {
  LF: ['lines', 'found'],
  LH: ['lines', 'hit'],
  BRF: ['branches', 'found'],
  BRH: ['branches', 'hit'],
  FNF: ['functions', 'found'],
  FNH: ['functions', 'hit'],
};

/**
 * Reads an lcov tracefile into `records`. Lines that are not understood are passed over. Rejects with the signal's reason only.
 * @returns why the file was refused, if it was
 */
export async function readLcov(
  bytes: Uint8Array,
  name: string,
  records: CoverageRecords,
  paths: SourcePaths,
  signal: AbortSignal,
): Promise<readonly Issue[]> {
  const text = decodeText(bytes);
  const breather = createBreather(signal);
  let current: FileRecord | null = null;
  let totals = new Map<string, number>();
  let isFound = false;
  const end = (): void => {
    for (const [found, hit] of [
      ['LF', 'LH'],
      ['BRF', 'BRH'],
      ['FNF', 'FNH'],
    ] as const) {
      if (totals.has(found)) current?.stated(TOTALS[found]![0], totals.get(hit) ?? 0, totals.get(found)!);
    }
    totals = new Map();
    current = null;
  };
  for (const [line] of text.matchAll(/[^\r\n]+/g)) {
    const colon = line.indexOf(':');
    const tag = (colon === -1 ? line : line.slice(0, colon)).trim();
    const value = colon === -1 ? '' : line.slice(colon + 1).trim();
    if (tag === 'SF' && value !== '') {
      end();
      current = records.file(paths.of(value));
      isFound = true;
      // A file may be large and of many source files; asking at each line would cost more than reading it.
      await breather.rest();
    } else if (tag === 'end_of_record') end();
    else if (current && Object.hasOwn(TOTALS, tag)) totals.set(tag, Number(value));
    else if (current) readLine(current, tag, value);
  }
  end();
  if (isFound) return [];
  const message = 'This is not an lcov report: it names no source file (`SF:`).';
  const hint = 'an lcov tracefile is often called lcov.info; Cobertura and JaCoCo write XML';
  return [reportIssue(name, 'report-not-lcov', message, { hint })];
}

function readLine(record: FileRecord, tag: string, value: string): void {
  if (tag === 'DA') {
    const [line, hits] = value.split(',', 2);
    record.line(Number(line), Number(hits ?? 0));
  } else if (tag === 'BRDA') {
    const taken = value.lastIndexOf(',');
    record.branch(value.slice(0, taken), Number(value.slice(taken + 1)) > 0 ? 1 : 0, 1);
  } else if (tag === 'FN') {
    record.function(value.slice(value.lastIndexOf(',') + 1), 0);
  } else if (tag === 'FNDA') {
    const comma = value.indexOf(',');
    record.function(value.slice(comma + 1), Number(value.slice(0, comma)));
  }
}
