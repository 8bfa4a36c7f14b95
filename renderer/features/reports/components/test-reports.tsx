import { useDeferredValue, useMemo, useState } from 'react';
import { DataTable } from '#renderer/ui/data-table.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Toolbar } from '#renderer/ui/page-header.tsx';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import { SearchField } from '#renderer/ui/search-field.tsx';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import type { RunId } from '#shared/lib/ids.ts';
import {
  countTests,
  filterTests,
  testEntries,
  testRows,
  type StageReport,
  type TestFilter,
  type TestOrder,
  type TestRow,
} from '../test-rows.ts';
import { TestCasePanel } from './test-case-panel.tsx';
import { testColumns } from './test-columns.tsx';
import { TestFilters } from './test-filters.tsx';
import { TotalsBar } from './totals-bar.tsx';
import styles from './tests.module.css';

const ORDERS = [
  { value: 'suites', label: 'By suite' },
  { value: 'slowest', label: 'Slowest' },
] as const satisfies readonly { value: TestOrder; label: string }[];

interface TestReportsProps {
  readonly runId: RunId;
  readonly reports: readonly StageReport[];
}

/** The cases as a list with what one is about beside it. */
export function TestReports({ runId, reports }: TestReportsProps) {
  const entries = useMemo(() => testEntries(reports), [reports]);
  const counts = useMemo(() => countTests(entries), [entries]);
  // What failed is why one comes here.
  const [filter, setFilter] = useState<TestFilter>(counts.failed > 0 ? 'failed' : 'all');
  const [order, setOrder] = useState<TestOrder>('suites');
  const [text, setText] = useState('');
  const shownText = useDeferredValue(text);
  const rows = useMemo(
    () => testRows(filterTests(entries, filter, shownText), order),
    [entries, filter, shownText, order],
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const selected = rows.find(({ key }) => key === chosen) ?? rows.find(({ type }) => type === 'case');
  return (
    <div className={styles['tests']}>
      <TotalsBar counts={counts} entries={entries} />
      <Toolbar label="Filter the tests">
        <TestFilters counts={counts} value={filter} onChange={setFilter} />
        <span className={styles['search']}>
          <SearchField label="Find a test" value={text} onValueChange={setText} shortcut="/" />
        </span>
        <span className={styles['gap']} />
        <SegmentedControl label="Order" options={ORDERS} value={order} onValueChange={setOrder} />
      </Toolbar>
      <Panes id="tests">
        <Pane id="list" minSize={300}>
          <DataTable<TestRow>
            label="Tests"
            main
            hideHeader
            columns={testColumns(order)}
            rows={rows}
            rowKey={({ key }) => key}
            rowHeight={28}
            selectedKey={selected?.key ?? null}
            onSelect={({ key }) => setChosen(key)}
            empty={<EmptyState title="Nothing found">No test fits the filter and the text.</EmptyState>}
          />
        </Pane>
        <PaneHandle label="Resize the list of tests" />
        <Pane id="case" defaultSize="50%" minSize={280}>
          {selected?.type === 'case' && <TestCasePanel key={selected.key} runId={runId} entry={selected} />}
          {selected?.type === 'suite' && (
            <EmptyState title={selected.name}>
              {selected.count} {selected.count === 1 ? 'test' : 'tests'} of the stage {selected.stage}.
            </EmptyState>
          )}
        </Pane>
      </Panes>
    </div>
  );
}
