import { useDeferredValue, useMemo, useState } from 'react';
import { DataTable } from '#renderer/ui/data-table.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FillColumn } from '#renderer/ui/fill-column.tsx';
import { Toolbar, ToolbarSearch } from '#renderer/ui/page-header.tsx';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import { SearchField } from '#renderer/ui/search-field.tsx';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { useTurned } from '#renderer/ui/use-turned.ts';
import type { ListedTests } from '#shared/api/report-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import {
  caseItem,
  caseKeyOf,
  countTests,
  filterTests,
  findEntry,
  readCaseItem,
  testEntries,
  type TestFilter,
} from '../test-entries.ts';
import { testRows, type TestOrder, type TestRow } from '../test-rows.ts';
import { FlakyTests } from './flaky-tests.tsx';
import { TestCasePanel } from './test-case-panel.tsx';
import { testColumns } from './test-columns.tsx';
import { TestFilters } from './test-filters.tsx';
import { TotalsBar } from './totals-bar.tsx';

type View = TestOrder | 'unsteady';

const VIEWS = [
  { value: 'suites', label: 'By suite' },
  { value: 'flat', label: 'All in one' },
  { value: 'slowest', label: 'Slowest' },
  { value: 'unsteady', label: 'Flaky' },
] as const satisfies readonly { value: View; label: string }[];

interface TestReportsProps {
  readonly runId: RunId;
  readonly reports: readonly ListedTests[];
  readonly item: string | null;
  readonly onItem: (item: string) => void;
}

/** The cases as a list with what one is about beside it, and those of the pipeline that are unsteady. */
export function TestReports({ runId, reports, item, onItem }: TestReportsProps) {
  const entries = useMemo(() => testEntries(reports), [reports]);
  const counts = useMemo(() => countTests(entries), [entries]);
  const wanted = useMemo(() => {
    const key = item === null ? null : readCaseItem(item);
    return key === null ? undefined : findEntry(entries, key);
  }, [entries, item]);
  // What failed is why one comes here, unless one comes for a case that did not.
  const [filter, setFilter] = useState<TestFilter>(() =>
    counts.failed > 0 && (wanted === undefined || filterTests([wanted], 'failed', '').length > 0)
      ? 'failed'
      : 'all',
  );
  const [view, setView] = useState<View>('suites');
  const [text, setText] = useState('');
  const shownText = useDeferredValue(text);
  const [closed, toggle] = useTurned();
  const order = view === 'unsteady' ? 'suites' : view;
  const found = useMemo(() => filterTests(entries, filter, shownText), [entries, filter, shownText]);
  const rows = useMemo(() => testRows(found, order, (key) => closed.has(key)), [found, order, closed]);
  const columns = useMemo(() => testColumns(order, toggle), [order, toggle]);
  // A group is chosen in the list alone: it has nothing to show.
  const [group, setGroup] = useState<string | null>(null);
  const shown = wanted ?? rows.find((row) => row.type === 'case');
  const choose = (row: TestRow): void => {
    setGroup(row.type === 'case' ? null : row.key);
    if (row.type === 'case') onItem(caseItem(caseKeyOf(row)));
  };
  return (
    <FillColumn>
      <TotalsBar counts={counts} entries={entries} />
      <Toolbar
        label="Filter the tests"
        trailing={<SegmentedControl label="View" options={VIEWS} value={view} onValueChange={setView} />}
      >
        {view !== 'unsteady' && (
          <>
            <TestFilters counts={counts} value={filter} onChange={setFilter} />
            <ToolbarSearch>
              <SearchField label="Find a test" value={text} onValueChange={setText} shortcut="/" />
            </ToolbarSearch>
          </>
        )}
      </Toolbar>
      {view === 'unsteady' ? (
        <FlakyTests runId={runId} entries={entries} item={item} onItem={onItem} />
      ) : (
        <Panes id="tests">
          <Pane id="list" minSize={300}>
            <DataTable<TestRow>
              label="Tests"
              main
              hideHeader
              columns={columns}
              rows={rows}
              rowKey={({ key }) => key}
              rowHeight={28}
              selectedKey={group ?? shown?.key ?? null}
              onSelect={choose}
              onOpen={(row) => {
                if (row.type !== 'case') toggle(row.key);
              }}
              empty={<EmptyState title="Nothing found">No test fits the filter and the text.</EmptyState>}
            />
          </Pane>
          <PaneHandle label="Resize the list of tests" />
          <Pane id="case" defaultSize="50%" minSize={280}>
            {shown?.type === 'case' && <TestCasePanel key={shown.key} runId={runId} entry={shown} />}
          </Pane>
        </Panes>
      )}
    </FillColumn>
  );
}
