import 'uplot/dist/uPlot.min.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { RunSummary } from '#shared/api/schemas.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { useTheme } from '#renderer/theme/theme-store.ts';
import { ChartTip } from '#renderer/ui/chart-tip.tsx';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { RunName } from '#renderer/ui/run-facts/run-name.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { useWidth } from '#renderer/ui/use-width.ts';
import { medianDuration, trendRuns } from './trend.ts';
import { createTrendPlot } from './trend-plot.ts';
import styles from './trend-chart.module.css';

const EDGE = 120;
/** Pixels of the box beside the plot, and above the tip. */
const PADDING = 16;
const TIP_TOP = 10;

export interface TrendChartProps {
  /** Of one pipeline; those that have not ended are left out. */
  readonly runs: readonly RunSummary[];
  /** The pipeline's name. */
  readonly name: string;
}

/** How long the runs of a pipeline took, the newest at the right. A click opens the run; the list below has the same without a pointer. */
export function TrendChart({ runs, name }: TrendChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const theme = useTheme((state) => state.theme);
  const [hover, setHover] = useState<{ readonly run: RunSummary; readonly x: number } | null>(null);
  const width = useWidth(box);
  const ended = useMemo(() => trendRuns(runs), [runs]);
  const median = useMemo(() => medianDuration(ended) ?? 0, [ended]);

  useEffect(() => {
    if (box.current === null || width === 0 || ended.length === 0) return undefined;
    const plot = createTrendPlot(box.current, { runs: ended, medianMs: median, width, onHover: setHover });
    return () => plot.destroy();
    // The theme's colours are read while drawing.
  }, [ended, median, width, theme]);

  return (
    <section className={styles['chart']} aria-label="Duration trend">
      <header className={styles['header']}>
        <span className={styles['title']}>{name}</span>
        <span>duration of the last {ended.length === 1 ? 'run' : `${ended.length} runs`}</span>
        <span>median {formatDuration(median)}</span>
      </header>
      <div
        ref={box}
        className={styles['plot']}
        data-hit={hover === null ? undefined : true}
        role="img"
        aria-label={`Durations of ${ended.length} runs of ${name}, median ${formatDuration(median)}`}
        onClick={() => hover !== null && navigate({ screen: 'run', runId: hover.run.id })}
      />
      {hover !== null && (
        <ChartTip x={hover.x + PADDING} top={TIP_TOP} width={width + 2 * PADDING} edge={EDGE}>
          <StatusIcon status={hover.run.status} size={14} />
          <RunName name={hover.run.name} number={hover.run.number} />
          {formatDuration(hover.run.durationMs ?? 0)}
          <span className={styles['faint']}>
            <RelativeTime at={Date.parse(hover.run.startedAt ?? hover.run.createdAt)} />
          </span>
        </ChartTip>
      )}
    </section>
  );
}
