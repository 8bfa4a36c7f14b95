import type { Store } from '#main/store/open-store.ts';
import type { MetricSeries } from '#shared/api/report-schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { pointOf } from './run-point.ts';

/** Trends of the newest finished runs of a pipeline: those of the run as a whole first, then by stage and name. */
export function readMetrics(
  store: Pick<Store, 'metricPoints' | 'runLine'>,
  projectId: ProjectId,
  pipelineFile: string,
  runs: number,
): MetricSeries[] {
  const points = new Map(
    store.runLine.newest(projectId, pipelineFile, runs).map((run) => [run.id, pointOf(run)]),
  );
  const series = new Map<string, MetricSeries>();
  for (const { runId, stage, name, unit, better, value } of store.metricPoints.ofPipeline(
    projectId,
    pipelineFile,
    runs,
  )) {
    const run = points.get(runId);
    if (!run) continue;
    const key = `${stage ?? ''}\n${name}`;
    const known = series.get(key) ?? { name, stage, unit, better, points: [] };
    known.points.push({ run, value });
    // What the newest run says of the unit stands for all.
    series.set(key, { ...known, unit, better });
  }
  return [...series.values()].sort(byStage);
}

function byStage(a: MetricSeries, b: MetricSeries): number {
  return (a.stage ?? '').localeCompare(b.stage ?? '') || a.name.localeCompare(b.name);
}
