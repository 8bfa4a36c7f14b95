import type { Database } from 'better-sqlite3';
import type { RunId } from '#shared/lib/ids.ts';
import { mergeCoverage } from '#shared/reports/merge-coverage.ts';
import type { Metric } from '#shared/reports/metrics.ts';
import type { SeverityCounts } from '#shared/reports/severity.ts';
import { createMetricPoints } from './metric-points.ts';
import { createReports } from './reports.ts';

interface RunRow {
  readonly durationMs: number | null;
  readonly testsTotal: number | null;
  readonly testsFailed: number | null;
  readonly artifactBytes: number | null;
}

/** Makes the function that writes the figures of a run as a whole when it has ended; to be called inside a transaction. */
export function createRunFigures(db: Database): (runId: RunId) => void {
  const selectRun = db.prepare<[string], RunRow>(
    `SELECT duration_ms AS durationMs, tests_total AS testsTotal, tests_failed AS testsFailed,
       (SELECT sum(size_bytes) FROM artifacts WHERE run_id = runs.id) AS artifactBytes FROM runs WHERE id = ?`,
  );
  const points = createMetricPoints(db);
  const reports = createReports(db);

  return (runId) => {
    const run = selectRun.get(runId);
    if (!run) return;
    const add = (name: string, value: number | null, words: Pick<Metric, 'unit' | 'better'>): void => {
      if (value !== null) points.set(runId, '', 1, { name, value, ...words });
    };
    const fewer = { unit: 'count', better: 'lower' } as const;
    add('run.duration-ms', run.durationMs, { unit: 'ms', better: 'lower' });
    add('tests.total', run.testsTotal, { unit: 'count', better: 'higher' });
    add('tests.failed', run.testsFailed, fewer);
    add('coverage.lines', linesPct(runId), { unit: 'percent', better: 'higher' });
    add('findings.total', findingsTotal(runId), fewer);
    add('artifacts.bytes', run.artifactBytes, { unit: 'bytes', better: 'lower' });
  };

  function linesPct(runId: RunId): number | null {
    const heads = reports.latest(runId, 'coverage');
    if (heads.length === 0) return null;
    if (heads.length === 1) return heads[0]!.head.lines.pct;
    return mergeCoverage(heads.map((head) => reports.whole(head).report)).lines.pct;
  }

  function findingsTotal(runId: RunId): number | null {
    const heads = reports.latest(runId, 'findings');
    return heads.length === 0 ? null : heads.reduce((sum, { head }) => sum + totalOf(head.counts), 0);
  }
}

const totalOf = ({ critical, high, medium, low, info }: SeverityCounts): number =>
  critical + high + medium + low + info;
