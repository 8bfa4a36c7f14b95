import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, useState } from 'react';
import { useTheme } from '#renderer/theme/theme-store.ts';
import { ChartTip } from '#renderer/ui/chart-tip.tsx';
import { Delta } from '#renderer/ui/delta.tsx';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { useWidth } from '#renderer/ui/use-width.ts';
import type { MetricSeries } from '#shared/api/report-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { createMetricPlot, type MetricPoint } from '../metric-plot.ts';
import { metricValue } from '#renderer/ui/metric-value.ts';
import { metricChange, metricTitle } from '#renderer/ui/metric-words.ts';
import styles from './metrics.module.css';

const EDGE = 90;
/** Pixels of the card beside the plot, and above the tip. */
const PADDING = 16;
const TIP_TOP = 34;

/** One figure: what it is in this run, how it changed, and its way over the runs. A click on a point opens its run. */
export function MetricCard({ runId, series }: { readonly runId: RunId; readonly series: MetricSeries }) {
  const box = useRef<HTMLDivElement>(null);
  const theme = useTheme((state) => state.theme);
  const [hover, setHover] = useState<{ readonly point: MetricPoint; readonly x: number } | null>(null);
  const width = useWidth(box);
  const { name, stage, unit, points } = series;
  useEffect(() => {
    if (box.current === null || width === 0) return undefined;
    const plot = createMetricPlot(box.current, { series, width, runId, onHover: setHover });
    return () => plot.destroy();
    // The theme's colours are read while drawing.
  }, [series, width, runId, theme]);

  const own = points.findIndex(({ run }) => run.runId === runId);
  const index = own === -1 ? points.length - 1 : own;
  const [point, before] = [points[index], points[index - 1]];
  if (point === undefined) return null;
  const change = before === undefined ? null : metricChange(before.value, point.value, series);
  const value = metricValue(point.value, unit);
  return (
    <article className={styles['card']} aria-label={metricTitle(name)}>
      <header className={styles['head']}>
        <h3 className={styles['name']} title={name}>
          {metricTitle(name)}
        </h3>
        {stage !== null && <span className={styles['stage']}>{stage}</span>}
        <span className={styles['now']}>
          {change !== null && <Delta words={change.words} way={change.way} />}
          <strong className={styles['value']}>{value}</strong>
        </span>
      </header>
      <div
        ref={box}
        className={styles['plot']}
        data-hit={hover === null ? undefined : true}
        role="img"
        aria-label={`${metricTitle(name)} over ${points.length} runs, ${value} now`}
        onClick={() =>
          hover !== null && navigate({ screen: 'run', runId: hover.point.run.runId, tab: 'metrics' })
        }
      />
      {hover !== null && (
        <ChartTip x={hover.x + PADDING} top={TIP_TOP} width={width + 2 * PADDING} edge={EDGE}>
          <strong>{metricValue(hover.point.value, unit)}</strong>
          <span>#{hover.point.run.number}</span>
          <span className={styles['stage']}>
            <RelativeTime at={Date.parse(hover.point.run.at)} />
          </span>
        </ChartTip>
      )}
    </article>
  );
}
