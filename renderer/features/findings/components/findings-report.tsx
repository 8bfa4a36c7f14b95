import { Download } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { DataTable } from '#renderer/ui/data-table.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FillColumn } from '#renderer/ui/fill-column.tsx';
import { TextLink } from '#renderer/ui/navigation/text-link.tsx';
import { Toolbar, ToolbarSearch } from '#renderer/ui/page-header.tsx';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import { SearchField } from '#renderer/ui/search-field.tsx';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { useTurned } from '#renderer/ui/use-turned.ts';
import type { FindingsView } from '#shared/api/report-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { Severity } from '#shared/reports/severity.ts';
import { findingRows, type FindingRow, type Grouping } from '../finding-rows.ts';
import { saveSarif } from '../finding-actions.ts';
import { countStates, filterFindings, listFindings, type StateFilter } from '../list-findings.ts';
import { FINDING_COLUMNS } from './finding-columns.tsx';
import { FindingPanel } from './finding-panel.tsx';
import { SeverityFilter } from './severity-filter.tsx';
import { StateTabs } from './state-tabs.tsx';
import styles from './findings.module.css';

const GROUPINGS = [
  { value: 'rule', label: 'By rule' },
  { value: 'file', label: 'By file' },
  { value: 'none', label: 'Flat' },
] as const;
/** With fewer findings than these, all groups start open. */
const FEW_FINDINGS = 100;

interface FindingsReportProps {
  readonly runId: RunId;
  readonly view: FindingsView;
  readonly item: string | null;
  readonly onItem: (fingerprint: string) => void;
  /** Something was ignored, or no longer is. */
  readonly onChanged: () => void;
}

/** The findings in their groups, and the one that is chosen with its place in the source. */
export function FindingsReport({ runId, view, item, onItem, onChanged }: FindingsReportProps) {
  const bridge = useBridge();
  const all = useMemo(() => listFindings(view), [view]);
  const counts = useMemo(() => countStates(all), [all]);
  const [state, setState] = useState<StateFilter>(() => (counts.new > 0 ? 'new' : 'open'));
  const [severities, setSeverities] = useState<ReadonlySet<Severity>>(new Set());
  const [grouping, setGrouping] = useState<Grouping>('rule');
  const [text, setText] = useState('');
  const shownText = useDeferredValue(text);
  const [turned, toggle] = useTurned();
  const found = useMemo(
    () => filterFindings(all, { state, severities, text: shownText }),
    [all, state, severities, shownText],
  );
  const rows = useMemo(() => {
    const startOpen = found.length <= FEW_FINDINGS;
    return findingRows(found, grouping, (key) => turned.has(key) !== startOpen);
  }, [found, grouping, turned]);
  const columns = useMemo(() => FINDING_COLUMNS(toggle), [toggle]);
  const chosen = useMemo(
    () => found.find(({ finding }) => finding.fingerprint === item) ?? found[0] ?? null,
    [found, item],
  );
  // A group is chosen in the list alone: it has nothing to show.
  const [group, setGroup] = useState<string | null>(null);
  const cursor = rows.some(({ key }) => key === group) ? group : (chosen?.key ?? null);
  return (
    <FillColumn>
      <Toolbar
        label="Which findings"
        trailing={
          <Button
            variant="ghost"
            size="small"
            icon={<Download size={14} />}
            onClick={() => void saveSarif(bridge, runId)}
          >
            Export SARIF
          </Button>
        }
      >
        <StateTabs counts={counts} hasBaseline={view.baseline !== null} value={state} onChange={setState} />
        {view.baseline !== null && (
          <span className={styles['compared']}>
            compared with{' '}
            <TextLink inline to={{ screen: 'run', runId: view.baseline.runId, tab: 'findings' }}>
              #{view.baseline.number}
            </TextLink>
            {view.baseline.branch === null ? '' : ` on ${view.baseline.branch}`}
          </span>
        )}
      </Toolbar>
      <Panes id="findings">
        <Pane id="list" defaultSize="48%" minSize={380}>
          <Toolbar
            label="Filter the findings"
            trailing={
              <SegmentedControl
                label="Groups"
                options={GROUPINGS}
                value={grouping}
                onValueChange={setGrouping}
              />
            }
          >
            <ToolbarSearch>
              <SearchField label="Find a finding" value={text} onValueChange={setText} shortcut="/" />
            </ToolbarSearch>
            <SeverityFilter listed={all} value={severities} onChange={setSeverities} />
          </Toolbar>
          <DataTable<FindingRow>
            label="Findings"
            main
            hideHeader
            columns={columns}
            rows={rows}
            rowKey={({ key }) => key}
            rowHeight={30}
            selectedKey={cursor}
            onSelect={(row) => {
              setGroup(row.type === 'group' ? row.key : null);
              if (row.type === 'finding') onItem(row.listed.finding.fingerprint);
            }}
            onOpen={(row) => {
              if (row.type === 'group') toggle(row.key);
            }}
            empty={<Nothing state={state} isFiltered={text !== '' || severities.size > 0} />}
          />
        </Pane>
        <PaneHandle label="Resize the list of findings" />
        <Pane id="finding" minSize={340} still>
          {chosen !== null && (
            <FindingPanel
              key={chosen.key}
              runId={runId}
              listed={chosen}
              isFirst={view.baseline !== null}
              onChanged={onChanged}
            />
          )}
        </Pane>
      </Panes>
    </FillColumn>
  );
}

const NOTHING: Readonly<Record<StateFilter, readonly [title: string, text: string]>> = {
  open: ['Nothing was found', 'Every tool that looked was content.'],
  new: ['Nothing new', 'All that was found was there before.'],
  ignored: ['Nothing is ignored', 'A finding that does not count can be ignored, with a reason and a date.'],
  fixed: ['Nothing was fixed', 'All that was found before is still there.'],
};

function Nothing({ state, isFiltered }: { readonly state: StateFilter; readonly isFiltered: boolean }) {
  const [title, text] = isFiltered ? ['Nothing fits', 'No finding fits these filters.'] : NOTHING[state];
  return <EmptyState title={title}>{text}</EmptyState>;
}
