import { useMemo } from 'react';
import { Section } from '#renderer/ui/section.tsx';
import { formatDuration } from '#shared/lib/durations.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { PlannedResources } from '#shared/pipeline/plan-place.ts';
import { usageSpans, type UsageState } from '#shared/run/usage.ts';
import { SHAPE, type UsageShape, usageShape } from '../usage-shape.ts';
import styles from './usage-chart.module.css';

interface UsageChartProps {
  readonly usage: UsageState;
  readonly limits: PlannedResources | null;
}

/** What an attempt has used over its time: processors and memory as small charts, storage in words. */
export function UsageChart({ usage, limits }: UsageChartProps) {
  const spans = useMemo(() => usageSpans(usage.points), [usage.points]);
  const processors = usageShape(spans, ({ cpus }) => cpus, limits?.cpus ?? null, LEAST_CPUS);
  const memory = usageShape(
    spans,
    ({ memoryBytes }) => memoryBytes,
    limits?.memoryBytes ?? null,
    LEAST_BYTES,
  );
  const { readBytes, writtenBytes } = usage;
  return (
    <Section title="Usage">
      <div className={styles['charts']}>
        <Chart
          name="Processors"
          value={formatDuration(usage.cpuMs)}
          most={processors.most === 0 ? null : `${formatCpus(processors.most)} busy at most`}
          limit={limits?.cpus == null ? null : `limit ${formatCpus(limits.cpus)}`}
          shape={processors}
          tone="processors"
        />
        <Chart
          name="Memory"
          value={formatSize(usage.memoryPeakBytes)}
          most="held at most"
          limit={limits?.memoryBytes == null ? null : `limit ${formatSize(limits.memoryBytes)}`}
          shape={memory}
          tone="memory"
        />
      </div>
      {readBytes !== null && writtenBytes !== null && (
        <p className={styles['storage']}>
          {formatSize(readBytes)} read from storage, {formatSize(writtenBytes)} written
        </p>
      )}
    </Section>
  );
}

interface ChartProps {
  readonly name: string;
  readonly value: string;
  readonly most: string | null;
  readonly limit: string | null;
  readonly shape: UsageShape;
  readonly tone: 'processors' | 'memory';
}

function Chart({ name, value, most, limit, shape, tone }: ChartProps) {
  const words = [value, most, limit].filter((part) => part !== null).join(', ');
  return (
    <figure className={styles['chart']} data-tone={tone}>
      <figcaption className={styles['caption']}>
        <span className={styles['name']}>{name}</span>
        <span className={styles['value']}>{value}</span>
      </figcaption>
      <svg
        className={styles['course']}
        viewBox={`0 0 ${SHAPE.width} ${SHAPE.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name}: ${words}`}
      >
        <path className={styles['area']} d={shape.area} />
        <path className={styles['line']} d={shape.line} />
        {shape.limitY !== null && (
          <line className={styles['limit']} x1={0} x2={SHAPE.width} y1={shape.limitY} y2={shape.limitY} />
        )}
      </svg>
      <p className={styles['most']}>
        <span>{most}</span>
        <span>{limit}</span>
      </p>
    </figure>
  );
}

/** What a full chart stands for at least. */
const LEAST_CPUS = 0.2;
const LEAST_BYTES = 1_000_000;

/** `0.04`, `0.4`, `1.8`, `12`. */
function formatCpus(cpus: number): string {
  const parts = cpus < 0.095 ? 100 : 10;
  return String(Math.max(1, Math.round(cpus * parts)) / parts);
}
