import type { Database } from 'better-sqlite3';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { type TestCase } from '#shared/reports/test-report.ts';
import type { ReportType } from '#shared/run/events.ts';
import { type Hits, hitsOfPart, listedFiles, type StoredFile } from './report-body/coverage-body.ts';
import { unpack } from './report-body/pack.ts';
import { joinReport, splitReport } from './report-body/report-body.ts';
import { listedSuites, type StoredSuite, wholeCase } from './report-body/tests-body.ts';

type FormOf<Type extends ReportType> = Extract<NormalForm, { readonly type: Type }>;
interface Heads {
  readonly tests: Omit<FormOf<'tests'>['report'], 'suites'>;
  readonly coverage: Omit<FormOf<'coverage'>['report'], 'files'>;
  readonly findings: Omit<FormOf<'findings'>['report'], 'findings' | 'rules'>;
  /** Nothing: a bill is read whole. */
  readonly sbom: object;
  readonly metrics: FormOf<'metrics'>['report'];
  readonly provenance: FormOf<'provenance'>['report'];
}

/** A report with where it came from, and its figures. */
export interface ReportHead<Type extends ReportType = ReportType> {
  readonly id: number;
  readonly stage: StageId;
  readonly attempt: number;
  readonly type: Type;
  readonly head: Heads[Type];
}

export interface StoredReports {
  /** Those of each stage's latest attempt, in the order in which they were stored. */
  latest<Type extends ReportType>(runId: RunId, type: Type): ReportHead<Type>[];
  /** As `latest`, of every type. */
  latestOfAll(runId: RunId): ReportHead[];
  /** The normal form as `EventStore.saveReport` was given it. */
  whole<Type extends ReportType>(head: ReportHead<Type>): FormOf<Type>;
  /** The suites of a test report, its cases without what takes much room. */
  suites(id: number): readonly StoredSuite[];
  /** A case as it was reported; null when there is none at that place. */
  testCase(id: number, suite: number, place: number): TestCase | null;
  /** The files of a coverage, without their lines. */
  files(id: number): StoredFile[];
  /** The lines of some of these files, by path; those of a file without any are absent. */
  hits(id: number, files: readonly StoredFile[]): Map<string, Hits>;
}

interface Row {
  readonly id: number;
  readonly stage: StageId;
  readonly attempt: number;
  readonly type: ReportType;
  readonly body: string;
  readonly parts: number;
}

const LATEST = `SELECT id, stage, attempt, type, body, parts FROM reports AS one WHERE run_id = ?
  AND attempt = (SELECT max(attempt) FROM reports WHERE run_id = one.run_id AND stage = one.stage)`;

export function createReports(db: Database): StoredReports {
  const selectAll = db.prepare<[string], Row>(`${LATEST} ORDER BY id`);
  const selectType = db.prepare<[string, string], Row>(`${LATEST} AND type = ? ORDER BY id`);
  const selectOne = db.prepare<[number], Row>(
    'SELECT id, stage, attempt, type, body, parts FROM reports WHERE id = ?',
  );
  const selectPart = db
    .prepare<[number, number], Buffer>('SELECT body FROM report_parts WHERE report_id = ? AND part = ?')
    .pluck();
  const selectParts = db
    .prepare<[number], Buffer>('SELECT body FROM report_parts WHERE report_id = ? ORDER BY part')
    .pluck();

  /** Older versions stored whole forms. */
  function headOf<Type extends ReportType>({ id, stage, attempt, type, body, parts }: Row): ReportHead<Type> {
    const stored: unknown = JSON.parse(body);
    const head = parts === 0 ? splitReport(type, stored).head : stored;
    return { id, stage, attempt, type, head } as ReportHead<Type>;
  }

  function part(id: number, number: number): unknown {
    const body = selectPart.get(id, number);
    if (body !== undefined) return unpack(body);
    const row = selectOne.get(id);
    return row?.parts === 0 ? splitReport(row.type, JSON.parse(row.body)).parts[number] : undefined;
  }

  /** Who looks at one case of a list looks at the next; a report never changes. */
  let last: { readonly id: number; readonly list: WeakRef<StoredSuite[]> } | null = null;
  function suites(id: number): readonly StoredSuite[] {
    const known = last?.id === id ? last.list.deref() : undefined;
    if (known) return known;
    const list = listedSuites(part(id, 0) ?? []);
    last = { id, list: new WeakRef(list) };
    return list;
  }

  return {
    latest: <Type extends ReportType>(runId: RunId, type: Type) =>
      selectType.all(runId, type).map((row) => headOf<Type>(row)),
    latestOfAll: (runId) => selectAll.all(runId).map((row) => headOf(row)),
    whole<Type extends ReportType>({ id }: ReportHead<Type>) {
      const row = selectOne.get(id);
      if (!row) throw new Error('The report was removed meanwhile.');
      return joinReport(row.type, JSON.parse(row.body), selectParts.all(id).map(unpack)) as FormOf<Type>;
    },
    suites,
    testCase(id, suite, place) {
      const listed = suites(id)[suite]?.cases[place];
      if (!listed) return null;
      return wholeCase(listed, listed.part === 0 ? null : part(id, listed.part), suite, place);
    },
    files: (id) => listedFiles(part(id, 0) ?? []),
    hits(id, files) {
      const found = new Map<string, Hits>();
      for (const [number, inPart] of Map.groupBy(files, (file) => file.part)) {
        if (number === 0) continue;
        const hits = hitsOfPart(part(id, number) ?? []);
        for (const { path, index } of inPart) found.set(path, hits.get(index) ?? []);
      }
      return found;
    },
  };
}
