import { useState } from 'react';
import type { Issue } from '#shared/lib/issue.ts';
import { Badge } from '../badge.tsx';
import type { Column, Sort } from '../data-table-column.ts';
import { DataTable } from '../data-table.tsx';
import { Duration } from '../duration.tsx';
import { IssueList } from '../issue-list.tsx';
import { Pane, PaneHandle, Panes } from '../panes.tsx';
import { StatusIcon } from '../status-icon.tsx';
import type { Status } from '../status.ts';
import { TabPanel, Tabs } from '../tabs.tsx';
import { Tree } from '../tree.tsx';
import styles from './gallery.module.css';

interface Row {
  readonly id: string;
  readonly status: Status;
  readonly name: string;
  readonly ms: number;
}

const STATUSES: readonly Status[] = ['succeeded', 'failed', 'running', 'succeeded', 'skipped', 'cancelled'];
const rows: readonly Row[] = Array.from({ length: 10_000 }, (_, index) => ({
  id: `run-${index}`,
  status: STATUSES[index % STATUSES.length]!,
  name: `Release #${10_000 - index}`,
  ms: 4_000 + ((index * 7_919) % 240_000),
}));

const columns: readonly Column<Row>[] = [
  {
    id: 'status',
    header: '',
    label: 'Status',
    width: '16px',
    cell: (row) => <StatusIcon status={row.status} />,
  },
  { id: 'name', header: 'Run', width: 'minmax(0, 1fr)', sortable: true, cell: (row) => row.name },
  { id: 'branch', header: 'Branch', width: '72px', cell: () => <Badge>main</Badge> },
  {
    id: 'duration',
    header: 'Duration',
    width: '72px',
    align: 'end',
    sortable: true,
    cell: (row) => <Duration startedAt={0} finishedAt={row.ms} />,
  },
];

const issue = (severity: Issue['severity'], line: number, message: string, hint: string | null): Issue => ({
  code: 'unknown-key',
  severity,
  path: 'pipewright.yml',
  line,
  column: 3,
  message,
  hint,
});

const issues: readonly Issue[] = [
  issue('error', 12, 'Unknown key "neds".', 'Did you mean "needs"?'),
  issue('warning', 31, 'Stage "pack" is never needed.', null),
  issue('unsupported', 40, 'services: has no effect yet.', null),
];

const tree = [
  {
    id: 'dist',
    label: 'dist',
    children: [
      { id: 'dist/app.js', label: 'app.js', trailing: '12.4 kB' },
      { id: 'dist/app.css', label: 'app.css', trailing: '3.1 kB' },
      {
        id: 'dist/maps',
        label: 'maps',
        children: [{ id: 'dist/maps/app.js.map', label: 'app.js.map', trailing: '48 kB' }],
      },
    ],
  },
  { id: 'README.md', label: 'README.md', trailing: '2 kB' },
];

/** Tables, trees, tabs, panes and issues. */
export function ListsGallery() {
  const [selectedKey, setSelectedKey] = useState<string | null>('run-1');
  const [sort, setSort] = useState<Sort>({ column: 'name', direction: 'descending' });
  const [tab, setTab] = useState<'graph' | 'tests' | 'artifacts'>('tests');
  const [file, setFile] = useState<string | null>('dist/app.js');
  return (
    <div className={styles['column']}>
      <div className={styles['list']}>
        <DataTable
          label="Runs"
          main
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          selectedKey={selectedKey}
          onSelect={(row) => setSelectedKey(row.id)}
          rowMenu={(row) => [{ label: `Open ${row.name}`, onSelect: () => undefined }]}
          sort={sort}
          onSortChange={setSort}
        />
      </div>
      <div className={styles['list']}>
        <Tabs
          label="Run"
          value={tab}
          onValueChange={setTab}
          items={[
            { value: 'graph', label: 'Graph' },
            { value: 'tests', label: 'Tests', count: '2 failed', countTone: 'failed' },
            { value: 'artifacts', label: 'Artifacts', count: 3 },
          ]}
        >
          <TabPanel value={tab}>
            <Panes id="gallery">
              <Pane id="tree" defaultSize="60%" minSize={120}>
                <Tree label="Files" nodes={tree} selectedId={file} onSelect={(node) => setFile(node.id)} />
              </Pane>
              <PaneHandle />
              <Pane id="preview" minSize={80}>
                {null}
              </Pane>
            </Panes>
          </TabPanel>
        </Tabs>
      </div>
      <IssueList issues={issues} onOpen={() => undefined} />
    </div>
  );
}
