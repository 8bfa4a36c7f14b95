import { coverageRatio, sumCoverage } from '#shared/reports/coverage.ts';
import type { Breather } from '../breather.ts';
import { LineHits } from './line-hits.ts';
import type { Coverage, CoverageRatio, FileCoverage } from '#shared/reports/coverage.ts';

/** What is known of one source file, out of any number of reports. Adding is safe for any number. */
export interface FileRecord {
  /** Hits of a line are added up. */
  line(line: number, hits: number): void;
  /** Of branches under one key the most that any report saw count. */
  branch(key: string, covered: number, total: number): void;
  /** Hits of a function are added up. */
  function(key: string, hits: number): void;
  /** For tools that write totals alone; believed where there is nothing better. */
  stated(measure: Measure, covered: number, total: number): void;
}

export type Measure = 'lines' | 'branches' | 'functions';

export interface CoverageRecords {
  /** The record of a source file, by the path to show. */
  file(path: string): FileRecord;
  /** Takes over what another report told; the other is not to be used any more. */
  absorb(other: CoverageRecords): void;
  readonly entries: ReadonlyMap<string, Recorded>;
  /** What was read so far; null while there is nothing. */
  coverage(breather: Breather): Promise<Coverage | null>;
}

class Recorded implements FileRecord {
  readonly #lines = new LineHits();
  readonly #branches = new Map<string, readonly [covered: number, total: number]>();
  readonly #functions = new Map<string, number>();
  readonly #stated = new Map<Measure, readonly [covered: number, total: number]>();

  line(line: number, hits: number): void {
    if (!Number.isSafeInteger(line) || line < 1) return;
    this.#lines.add(line, counted(hits), MAX_COUNT);
  }

  branch(key: string, covered: number, total: number): void {
    const [before, ofAll] = this.#branches.get(key) ?? [0, 0];
    const all = Math.max(ofAll, counted(total));
    this.#branches.set(key, [Math.min(Math.max(before, counted(covered)), all), all]);
  }

  function(key: string, hits: number): void {
    this.#functions.set(key, atMostSafe((this.#functions.get(key) ?? 0) + counted(hits)));
  }

  stated(measure: Measure, covered: number, total: number): void {
    const [before, ofAll] = this.#stated.get(measure) ?? [0, 0];
    const all = Math.max(ofAll, counted(total));
    this.#stated.set(measure, [Math.min(Math.max(before, counted(covered)), all), all]);
  }

  absorb(other: Recorded): void {
    for (const [line, hits] of other.#lines.list()) this.line(line, hits);
    for (const [key, [covered, total]] of other.#branches) this.branch(key, covered, total);
    for (const [key, hits] of other.#functions) this.function(key, hits);
    for (const [measure, [covered, total]] of other.#stated) this.stated(measure, covered, total);
  }

  toFile(path: string): FileCoverage {
    const hits = this.#lines.list();
    return {
      path,
      lines: this.#ratio('lines', hitRatio(hits)),
      branches: this.#ratio('branches', branchRatio(this.#branches)),
      functions: this.#ratio('functions', hitRatio([...this.#functions])),
      ...(hits.length > 0 && { hits }),
    };
  }

  #ratio(measure: Measure, found: CoverageRatio): CoverageRatio {
    const stated = this.#stated.get(measure);
    return found.total > 0 || stated === undefined ? found : coverageRatio(...stated);
  }
}

/** Far below what sums of many files could lose digits at. */
const MAX_COUNT = 1e12;
const counted = (value: number): number => (value > 0 ? Math.min(Math.floor(value), MAX_COUNT) : 0);
const atMostSafe = (value: number): number => Math.min(value, MAX_COUNT);

function hitRatio(hits: readonly (readonly [unknown, number])[]): CoverageRatio {
  let covered = 0;
  for (const [, count] of hits) if (count > 0) covered += 1;
  return coverageRatio(covered, hits.length);
}

function branchRatio(branches: ReadonlyMap<string, readonly [number, number]>): CoverageRatio {
  let covered = 0;
  let total = 0;
  for (const [some, all] of branches.values()) {
    covered += some;
    total += all;
  }
  return coverageRatio(atMostSafe(covered), atMostSafe(total));
}

export function createCoverageRecords(): CoverageRecords {
  const records = new Map<string, Recorded>();
  return {
    file(path) {
      const known = records.get(path);
      if (known) return known;
      const record = new Recorded();
      records.set(path, record);
      return record;
    },
    entries: records,
    absorb(other) {
      for (const [path, record] of other.entries) {
        const known = records.get(path);
        if (known) known.absorb(record);
        else records.set(path, record);
      }
    },
    async coverage(breather) {
      if (records.size === 0) return null;
      const files: FileCoverage[] = [];
      for (const [path, record] of records) {
        files.push(record.toFile(path));
        await breather.rest();
      }
      return sumCoverage(files);
    },
  };
}
