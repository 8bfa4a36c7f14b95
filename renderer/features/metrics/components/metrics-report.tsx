import { useDeferredValue, useMemo, useState } from 'react';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FillColumn } from '#renderer/ui/fill-column.tsx';
import { Toolbar, ToolbarSearch } from '#renderer/ui/page-header.tsx';
import { SearchField } from '#renderer/ui/search-field.tsx';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import type { MetricSeries } from '#shared/api/report-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { metricTitle } from '#renderer/ui/metric-words.ts';
import { MetricCard } from './metric-card.tsx';
import styles from './metrics.module.css';

const VIEWS = [
  { value: 'all', label: 'All' },
  { value: 'changed', label: 'Changed' },
] as const;
type View = (typeof VIEWS)[number]['value'];

/** Every figure as a small chart over the runs of the pipeline. */
export function MetricsReport({
  runId,
  series,
}: {
  readonly runId: RunId;
  readonly series: readonly MetricSeries[];
}) {
  const [text, setText] = useState('');
  const [view, setView] = useState<View>('all');
  const shownText = useDeferredValue(text);
  const shown = useMemo(() => {
    const words = shownText.toLowerCase().split(/\s+/).filter(Boolean);
    return series.filter((one) => {
      const name = `${one.name} ${metricTitle(one.name)} ${one.stage ?? ''}`.toLowerCase();
      return words.every((word) => name.includes(word)) && (view === 'all' || hasChanged(one));
    });
  }, [series, shownText, view]);
  return (
    <FillColumn>
      <Toolbar
        label="Filter the figures"
        trailing={<SegmentedControl label="Which" options={VIEWS} value={view} onValueChange={setView} />}
      >
        <ToolbarSearch>
          <SearchField label="Find a figure" value={text} onValueChange={setText} shortcut="/" />
        </ToolbarSearch>
      </Toolbar>
      {shown.length === 0 ? (
        <EmptyState title="Nothing fits">No figure fits these filters.</EmptyState>
      ) : (
        <ul className={styles['grid']} aria-label="Figures">
          {shown.map((one) => (
            <li key={`${one.stage ?? ''} ${one.name}`}>
              <MetricCard runId={runId} series={one} />
            </li>
          ))}
        </ul>
      )}
    </FillColumn>
  );
}

function hasChanged({ points }: MetricSeries): boolean {
  const [last, before] = [points.at(-1), points.at(-2)];
  return last !== undefined && before !== undefined && last.value !== before.value;
}
