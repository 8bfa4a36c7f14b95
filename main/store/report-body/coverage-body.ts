import type { Coverage, CoverageRatio, FileCoverage } from '#shared/reports/coverage.ts';
import { PartWriter, type SplitReport } from './split.ts';

type Ratio = readonly [covered: number, total: number, pct: number | null];
/** `part` has its lines; 0: the report had none. */
type FileRow = readonly [path: string, lines: Ratio, branches: Ratio, functions: Ratio, part: number];
/** Lines and hits by turns. */
type Lines = readonly [file: number, hits: readonly number[]];

export type Hits = NonNullable<FileCoverage['hits']>;
/** A file in a list; `index` and `part` tell where its lines are. */
export interface StoredFile extends Omit<FileCoverage, 'hits'> {
  readonly index: number;
  readonly part: number;
}

/** JSON of a line number with its hits is about as long. */
const CHARS_PER_LINE = 7;

export function splitCoverage({ files, ...ratios }: Coverage): SplitReport {
  const lines = new PartWriter<Lines>();
  const list = files.map(({ path, hits, ...file }, index): FileRow => {
    const part = hits === undefined ? 0 : lines.add([index, hits.flat()], hits.length * CHARS_PER_LINE);
    return [path, short(file.lines), short(file.branches), short(file.functions), part];
  });
  return { head: ratios, parts: [list, ...lines.parts] };
}

const short = ({ covered, total, pct }: CoverageRatio): Ratio => [covered, total, pct];
const long = ([covered, total, pct]: Ratio): CoverageRatio => ({ covered, total, pct });

/** @param list part 0 */
export function listedFiles(list: unknown): StoredFile[] {
  return (list as readonly FileRow[]).map(([path, lines, branches, functions, part], index) => ({
    ...{ path, index, part },
    ...{ lines: long(lines), branches: long(branches), functions: long(functions) },
  }));
}

/** The hits of files of one part, by the files' index. */
export function hitsOfPart(part: unknown): Map<number, Hits> {
  return new Map(
    (part as readonly Lines[]).map(([file, flat]): [number, Hits] => {
      const hits: Hits = [];
      for (let at = 0; at + 1 < flat.length; at += 2) hits.push([flat[at]!, flat[at + 1]!]);
      return [file, hits];
    }),
  );
}

export function joinCoverage(head: unknown, [list, ...parts]: readonly unknown[]): Coverage {
  const hits = new Map(parts.flatMap((part) => [...hitsOfPart(part)]));
  const files = listedFiles(list).map(({ index, path, lines, branches, functions }): FileCoverage => {
    const found = hits.get(index);
    return { path, lines, branches, functions, ...(found && { hits: found }) };
  });
  return { ...(head as Omit<Coverage, 'files'>), files };
}
