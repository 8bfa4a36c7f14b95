import uPlot from 'uplot';
import type { RunSummary } from '#shared/api/schemas.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { readToken } from '#renderer/theme/read-token.ts';
import { statusTone } from '#renderer/ui/status.ts';
import { durationTicks } from './trend.ts';

export const PLOT_HEIGHT = 96;
/** Slots of the axis when there are few runs, so that two runs do not become two walls. */
const LEAST_SLOTS = 40;

export interface TrendPlotOptions {
  readonly runs: readonly RunSummary[];
  readonly medianMs: number;
  readonly width: number;
  /** The run under the pointer and its place, pixels from the plot's left; null when there is none. */
  readonly onHover: (hover: { readonly run: RunSummary; readonly x: number } | null) => void;
}

/** Draws one bar per run, coloured by status, with the median as a dashed line. The caller destroys it. */
export function createTrendPlot(target: HTMLElement, options: TrendPlotOptions): uPlot {
  const { runs, medianMs, width, onHover } = options;
  const slots = Math.max(LEAST_SLOTS, runs.length);
  const font = `11px ${readToken('--font-sans')}`;
  const faint = readToken('--text-faint');
  // A series per tone: a series has one colour.
  const tones = [...new Set(runs.map(({ status }) => statusTone(status)))];
  const longest = Math.max(medianMs, ...runs.map(({ durationMs }) => durationMs ?? 0));
  const places = Array.from({ length: slots }, (_, index) => index);
  const first = slots - runs.length;
  const data: uPlot.AlignedData = [
    places,
    ...tones.map((tone) =>
      places.map((place) => {
        const run = runs[place - first];
        return run !== undefined && statusTone(run.status) === tone ? run.durationMs : null;
      }),
    ),
    places.map(() => medianMs),
  ];
  return new uPlot(
    {
      width,
      height: PLOT_HEIGHT,
      padding: [8, 4, 4, 0],
      legend: { show: false },
      cursor: {
        y: false,
        points: { show: false },
        drag: { setScale: false, x: false, y: false },
      },
      scales: {
        x: { time: false, range: [-0.6, slots - 0.4] },
        y: { range: [0, longest * 1.06] },
      },
      axes: [
        { show: false },
        {
          size: 52,
          gap: 6,
          font,
          stroke: faint,
          ticks: { show: false },
          grid: { stroke: readToken('--border'), width: 1 },
          splits: () => durationTicks(longest),
          values: (_plot, splits) =>
            splits.map((ms) => (ms === 0 ? '0' : formatDuration(ms).replace('.0s', 's'))),
        },
      ],
      series: [
        {},
        ...tones.map((tone) => ({
          points: { show: false },
          stroke: 'transparent',
          fill: readToken(`--status-${tone}`),
          paths: uPlot.paths.bars!({ size: [0.66, 14], radius: 0.18 }),
        })),
        { points: { show: false }, stroke: readToken('--text-muted'), width: 1, dash: [3, 4] },
      ],
      hooks: {
        setCursor: [
          (plot) => {
            const index = plot.cursor.idx;
            const run = index == null ? undefined : runs[index - first];
            const isOver = (plot.cursor.left ?? -1) >= 0;
            if (index == null || run === undefined || !isOver) onHover(null);
            else onHover({ run, x: plot.over.offsetLeft + plot.valToPos(index, 'x') });
          },
        ],
      },
    },
    data,
    target,
  );
}
