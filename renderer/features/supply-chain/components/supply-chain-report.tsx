import { useDeferredValue, useMemo, useState } from 'react';
import { Badge } from '#renderer/ui/badge.tsx';
import { DataTable } from '#renderer/ui/data-table.tsx';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Figure, Figures } from '#renderer/ui/figures.tsx';
import { FillColumn } from '#renderer/ui/fill-column.tsx';
import { Toolbar, ToolbarSearch } from '#renderer/ui/page-header.tsx';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import { SearchField } from '#renderer/ui/search-field.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { SeverityMark } from '#renderer/ui/severity-mark.tsx';
import type { SupplyChain } from '#shared/api/report-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { componentRows, countLicenses, fitsWords, type ComponentRow } from '../component-rows.ts';
import { ComponentPanel } from './component-panel.tsx';
import { ProvenanceCards } from './provenance-cards.tsx';
import styles from './supply-chain.module.css';

const ALL = 'all';
const UNKNOWN = 'unknown';

interface SupplyChainReportProps {
  readonly runId: RunId;
  readonly chain: SupplyChain;
  readonly item: string | null;
  readonly onItem: (key: string) => void;
}

/** The figures, the components, and the one that is chosen; without one, the statements about the whole. */
export function SupplyChainReport({ runId, chain, item, onItem }: SupplyChainReportProps) {
  const all = useMemo(() => componentRows(chain), [chain]);
  const licenses = useMemo(() => countLicenses(all), [all]);
  const [text, setText] = useState('');
  const [license, setLicense] = useState<string>(ALL);
  const shownText = useDeferredValue(text);
  const rows = useMemo(
    () =>
      all.filter(
        (row) =>
          (license === ALL || row.license === (license === UNKNOWN ? '' : license)) &&
          fitsWords(row, shownText),
      ),
    [all, license, shownText],
  );
  const chosen = all.find(({ key }) => key === item) ?? null;
  const vulnerable = all.filter(({ worst }) => worst !== null).length;
  const unlicensed = all.filter((row) => row.license === '').length;
  return (
    <FillColumn>
      <Figures>
        <Figure label="Components" value={count(all.length)} />
        <Figure
          label="Named by the project"
          value={count(all.filter(({ component }) => component.direct).length)}
        />
        <Figure label="Licences" value={count(licenses.filter((one) => one.license !== '').length)} />
        <Figure
          label="Without a licence"
          value={count(unlicensed)}
          tone={unlicensed > 0 ? 'warning' : null}
        />
        <Figure label="Vulnerable" value={count(vulnerable)} tone={vulnerable > 0 ? 'failed' : null} />
      </Figures>
      <Panes id="supply-chain">
        <Pane id="components" defaultSize="58%" minSize={420}>
          <Toolbar
            label="Filter the components"
            trailing={
              <span className={styles['licenses']}>
                <Select
                  label="Licence"
                  hideLabel
                  options={[
                    { value: ALL, label: 'All licences' },
                    ...licenses.map((one) => ({
                      value: one.license === '' ? UNKNOWN : one.license,
                      label: `${one.license === '' ? 'Unknown' : one.license} (${one.count})`,
                    })),
                  ]}
                  value={license}
                  onValueChange={setLicense}
                />
              </span>
            }
          >
            <ToolbarSearch>
              <SearchField label="Find a component" value={text} onValueChange={setText} shortcut="/" />
            </ToolbarSearch>
          </Toolbar>
          <DataTable<ComponentRow>
            label="Components"
            main
            columns={COLUMNS}
            rows={rows}
            rowKey={({ key }) => key}
            rowHeight={28}
            selectedKey={chosen?.key ?? null}
            onSelect={({ key }) => onItem(key)}
            empty={<EmptyState title="Nothing fits">No component fits these filters.</EmptyState>}
          />
        </Pane>
        <PaneHandle label="Resize the list of components" />
        <Pane id="component" minSize={320} still>
          {chosen === null ? (
            <ProvenanceCards runId={runId} chain={chain} />
          ) : (
            <ComponentPanel key={chosen.key} row={chosen} chain={chain} onBack={() => onItem('')} />
          )}
        </Pane>
      </Panes>
    </FillColumn>
  );
}

const count = (value: number): string => value.toLocaleString('en');

const SCOPES = { runtime: 'runtime', development: 'development', unknown: '' } as const;

const COLUMNS: readonly Column<ComponentRow>[] = [
  {
    id: 'name',
    header: 'Component',
    width: 'minmax(0, 1fr)',
    cell: ({ component, worst }) => (
      <span className={styles['name']}>
        {worst !== null && <SeverityMark severity={worst} />}
        <span className={styles['words']}>{component.name}</span>
        {component.direct && <Badge>direct</Badge>}
      </span>
    ),
  },
  {
    id: 'version',
    header: 'Version',
    width: '110px',
    cell: ({ component }) => <span className={styles['muted']}>{component.version ?? ''}</span>,
  },
  {
    id: 'license',
    header: 'Licence',
    width: 'minmax(90px, 170px)',
    cell: ({ license }) =>
      license === '' ? <Badge tone="warning">unknown</Badge> : <span title={license}>{license}</span>,
  },
  {
    id: 'scope',
    header: 'Scope',
    width: '100px',
    cell: ({ component }) => <span className={styles['muted']}>{SCOPES[component.scope]}</span>,
  },
];
