import { isFailed, isNewFailure, type TestEntry } from './test-entries.ts';

/** The line above the cases of a stage or a suite. */
export interface GroupRow {
  readonly type: 'stage' | 'suite';
  readonly key: string;
  readonly name: string;
  readonly stage: string;
  /** Of the cases below it. */
  readonly count: number;
  readonly failed: number;
  readonly durationMs: number;
  /** 0 at the top. */
  readonly level: number;
  readonly isOpen: boolean;
}

export type TestRow = GroupRow | TestEntry;
export type TestOrder = 'suites' | 'flat' | 'slowest';

interface Suite {
  readonly key: string;
  readonly stage: string;
  readonly name: string;
  readonly cases: TestEntry[];
  failed: number;
  rank: number;
  durationMs: number;
}

/** What is new stands first, then what fails, what is unsteady, and the rest. */
function rankOf({ test }: TestEntry): number {
  if (isNewFailure(test)) return 0;
  if (isFailed(test)) return 1;
  return test.flaky ? 2 : 3;
}

const byRank = (a: { readonly rank: number }, b: { readonly rank: number }): number => a.rank - b.rank;

/** In the order of their ranks, each in the order that it had. */
function ranked(entries: readonly TestEntry[]): readonly TestEntry[] {
  const buckets: TestEntry[][] = [[], [], [], []];
  for (const entry of entries) buckets[rankOf(entry)]!.push(entry);
  return buckets.flat();
}

/**
 * The lines of the list: stages (where there are several) and suites with their cases, or all cases, new failures first
 * or the slowest first. `isClosed` is asked for groups by key.
 */
export function testRows(
  entries: readonly TestEntry[],
  order: TestOrder,
  isClosed: (key: string) => boolean = () => false,
): readonly TestRow[] {
  if (order === 'flat') return ranked(entries);
  if (order === 'slowest') return entries.toSorted((a, b) => b.test.durationMs - a.test.durationMs);
  const stages = groupByStage(entries);
  const rows: TestRow[] = [];
  const level = stages.size > 1 ? 1 : 0;
  const sorted = [...stages].map(([stage, suites]) => ({
    stage,
    suites,
    rank: Math.min(...suites.map((s) => s.rank)),
  }));
  for (const { stage, suites } of sorted.sort(byRank)) {
    if (level === 1) {
      const row = stageRow(stage, suites, !isClosed(stage));
      rows.push(row);
      if (!row.isOpen) continue;
    }
    for (const { key, name, cases, failed, durationMs } of suites.sort(byRank)) {
      const isOpen = !isClosed(key);
      rows.push({ type: 'suite', key, name, stage, count: cases.length, failed, durationMs, level, isOpen });
      if (isOpen) for (const entry of ranked(cases)) rows.push(entry);
    }
  }
  return rows;
}

function stageRow(stage: string, suites: readonly Suite[], isOpen: boolean): GroupRow {
  let count = 0;
  let failed = 0;
  let durationMs = 0;
  for (const suite of suites) {
    count += suite.cases.length;
    failed += suite.failed;
    durationMs += suite.durationMs;
  }
  return { type: 'stage', key: stage, name: stage, stage, count, failed, durationMs, level: 0, isOpen };
}

function groupByStage(entries: readonly TestEntry[]): ReadonlyMap<string, Suite[]> {
  const stages = new Map<string, Suite[]>();
  let suite: Suite | undefined;
  for (const entry of entries) {
    const key = entry.key.slice(0, entry.key.lastIndexOf('/'));
    if (suite?.key !== key) {
      suite = { key, stage: entry.stage, name: entry.suite, cases: [], failed: 0, rank: 3, durationMs: 0 };
      const suites = stages.get(entry.stage);
      if (suites === undefined) stages.set(entry.stage, [suite]);
      else suites.push(suite);
    }
    suite.cases.push(entry);
    suite.durationMs += entry.test.durationMs;
    suite.rank = Math.min(suite.rank, rankOf(entry));
    if (isFailed(entry.test)) suite.failed += 1;
  }
  return stages;
}
