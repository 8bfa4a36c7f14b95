import uPlot from 'uplot';
import { readToken } from '#renderer/theme/read-token.ts';
import type { MetricSeries } from '#shared/api/report-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { metricValue } from '#renderer/ui/metric-value.ts';

export const PLOT_HEIGHT = 92;
/** Room above and below, as a share of what is shown. */
const MARGIN = 0.12;

export type MetricPoint = MetricSeries['points'][number];

export interface MetricPlotOptions {
  readonly series: MetricSeries;
  readonly width: number;
  /** Of this run the point is marked. */
  readonly runId: RunId;
  /** The point under the pointer and its place, pixels from the plot's left; null when there is none. */
  readonly onHover: (hover: { readonly point: MetricPoint; readonly x: number } | null) => void;
}

/** Draws a figure over the runs, the newest at the right. The caller destroys it. */
export function createMetricPlot(target: HTMLElement, options: MetricPlotOptions): uPlot {
  const { series, width, runId, onHover } = options;
  const { points, unit } = series;
  const values = points.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = most - least || Math.abs(most) || 1;
  const line = readToken('--accent-text');
  return new uPlot(
    {
      width,
      height: PLOT_HEIGHT,
      padding: [6, 8, 4, 0],
      legend: { show: false },
      cursor: {
        y: false,
        points: { size: 7, fill: line },
        drag: { setScale: false, x: false, y: false },
        // The line stands at the point, not at the pointer.
        move: (plot, left, top) => [left < 0 ? left : plot.valToPos(plot.posToIdx(left), 'x'), top],
      },
      scales: {
        x: { time: false, range: [-0.5, Math.max(points.length - 0.5, 0.5)] },
        y: { range: [Math.min(least - span * MARGIN, least), most + span * MARGIN] },
      },
      axes: [
        { show: false },
        {
          size: 62,
          gap: 6,
          font: `11px ${readToken('--font-sans')}`,
          stroke: readToken('--text-faint'),
          ticks: { show: false },
          grid: { stroke: readToken('--border'), width: 1 },
          splits: () => (least === most ? [least] : [least, most]),
          values: (_plot, splits) => splits.map((value) => metricValue(value, unit)),
        },
      ],
      series: [
        {},
        { stroke: line, width: 1.5, points: { show: points.length < 40, size: 5, fill: line } },
        {
          stroke: 'transparent',
          points: { show: true, size: 10, width: 2, stroke: readToken('--status-warning') },
        },
      ],
      hooks: {
        setCursor: [
          (plot) => {
            const index = plot.cursor.idx;
            const point = index == null ? undefined : points[index];
            const isOver = (plot.cursor.left ?? -1) >= 0;
            if (index == null || point === undefined || !isOver) onHover(null);
            else onHover({ point, x: plot.over.offsetLeft + plot.valToPos(index, 'x') });
          },
        ],
      },
    },
    [
      points.map((_, index) => index),
      values,
      points.map(({ run, value }) => (run.runId === runId ? value : null)),
    ],
    target,
  );
}
