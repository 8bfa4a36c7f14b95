import { useDeferredValue, useMemo, useState } from 'react';
import { DataTable } from '#renderer/ui/data-table.tsx';
import type { Sort } from '#renderer/ui/data-table-column.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FillColumn } from '#renderer/ui/fill-column.tsx';
import { Toolbar, ToolbarSearch } from '#renderer/ui/page-header.tsx';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import { SearchField } from '#renderer/ui/search-field.tsx';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { useTurned } from '#renderer/ui/use-turned.ts';
import type { CoverageView } from '#shared/api/report-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { coverageRows, type CoverageRow, type CoverageSort } from '../coverage-rows.ts';
import { coverageTree, type CoverageNode } from '../coverage-tree.ts';
import { coverageColumns } from './coverage-columns.tsx';
import { CoverageFigures } from './coverage-figures.tsx';
import { FilePanel } from './file-panel.tsx';
import { FolderPanel } from './folder-panel.tsx';
import { PatchList } from './patch-list.tsx';

const LAYOUTS = [
  { value: 'tree', label: 'Folders' },
  { value: 'files', label: 'Files' },
] as const;
/** With fewer files than these, all folders start open. */
const FEW_FILES = 200;

interface CoverageReportProps {
  readonly runId: RunId;
  readonly view: CoverageView;
  readonly item: string | null;
  readonly onItem: (path: string) => void;
}

/** The figures, the files, and the lines of the one that is chosen. */
export function CoverageReport({ runId, view, item, onItem }: CoverageReportProps) {
  const root = useMemo(() => coverageTree(view.files), [view.files]);
  const [layout, setLayout] = useState<'tree' | 'files'>('tree');
  const [sort, setSort] = useState<Sort>({ column: 'name', direction: 'ascending' });
  const [text, setText] = useState('');
  const shownText = useDeferredValue(text);
  const [turned, toggle] = useTurned();
  const rows = useMemo(() => {
    const startOpen = view.files.length <= FEW_FILES;
    return coverageRows(root, {
      layout,
      sort: sort.column as CoverageSort,
      direction: sort.direction,
      text: shownText,
      isOpen: (key) => turned.has(key) !== startOpen,
    });
  }, [root, view.files.length, layout, sort, shownText, turned]);
  const columns = useMemo(() => coverageColumns(layout, toggle), [layout, toggle]);
  const chosen = useMemo(() => (item === null ? root : (findNode(root, item) ?? root)), [root, item]);
  return (
    <FillColumn>
      <CoverageFigures view={view} />
      <Panes id="coverage">
        <Pane id="files" defaultSize="44%" minSize={340}>
          {view.patch !== null && <PatchList patch={view.patch} chosen={item} onChoose={onItem} />}
          <Toolbar
            label="Filter the files"
            trailing={
              <SegmentedControl label="Layout" options={LAYOUTS} value={layout} onValueChange={setLayout} />
            }
          >
            <ToolbarSearch>
              <SearchField label="Find a file" value={text} onValueChange={setText} shortcut="/" />
            </ToolbarSearch>
          </Toolbar>
          <DataTable<CoverageRow>
            label="Files"
            main
            columns={columns}
            rows={rows}
            rowKey={({ node }) => node.key}
            rowHeight={28}
            selectedKey={chosen.key}
            onSelect={({ node }) => onItem(node.key)}
            onOpen={({ node }) => {
              if (node.file === null) toggle(node.key);
            }}
            sort={sort}
            onSortChange={setSort}
            empty={<EmptyState title="Nothing found">No path holds this text.</EmptyState>}
          />
        </Pane>
        <PaneHandle label="Resize the list of files" />
        <Pane id="file" minSize={320} still>
          {chosen.file === null ? (
            <FolderPanel node={chosen} onChoose={onItem} />
          ) : (
            <FilePanel key={chosen.key} runId={runId} file={chosen.file} />
          )}
        </Pane>
      </Panes>
    </FillColumn>
  );
}

function findNode(node: CoverageNode, key: string): CoverageNode | null {
  if (node.key === key) return node;
  for (const child of node.children) {
    if (child.key !== key && !(child.file === null && key.startsWith(child.key))) continue;
    const found = findNode(child, key);
    if (found !== null) return found;
  }
  return null;
}
