import { File, Folder, FolderOpen } from 'lucide-react';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { FoldButton } from '#renderer/ui/fold-button.tsx';
import { percentWords } from '#renderer/ui/percent.ts';
import type { CoverageRow } from '../coverage-rows.ts';
import { RatioBar } from './ratio-bar.tsx';
import styles from './coverage.module.css';

const INDENT = 14;

function Name({
  row: { node, level, isOpen },
  isFlat,
  onToggle,
}: {
  readonly row: CoverageRow;
  readonly isFlat: boolean;
  readonly onToggle: (key: string) => void;
}) {
  const folder = node.key.slice(0, node.key.length - node.name.length);
  return (
    <span className={styles['name']} style={{ paddingInlineStart: level * INDENT }} title={node.key}>
      {isOpen !== null && <FoldButton name={node.name} isOpen={isOpen} onToggle={() => onToggle(node.key)} />}
      {isOpen === null && !isFlat && <span className={styles['leaf']} />}
      <span className={styles['icon']}>
        {isOpen === null ? <File size={14} /> : isOpen ? <FolderOpen size={14} /> : <Folder size={14} />}
      </span>
      <span className={styles['words']}>{node.name}</span>
      {isFlat && folder !== '' && <span className={styles['folder']}>{folder.slice(0, -1)}</span>}
    </span>
  );
}

/** The columns of the list of files. */
export const coverageColumns = (
  layout: 'tree' | 'files',
  onToggle: (key: string) => void,
): readonly Column<CoverageRow>[] => [
  {
    id: 'name',
    header: 'File',
    width: 'minmax(0, 1fr)',
    sortable: true,
    cell: (row) => <Name row={row} isFlat={layout === 'files'} onToggle={onToggle} />,
  },
  {
    id: 'pct',
    header: 'Lines',
    width: '118px',
    align: 'end',
    sortable: true,
    cell: ({ node }) => <RatioBar ratio={node.lines} />,
  },
  {
    id: 'missed',
    header: 'Missed',
    width: '72px',
    align: 'end',
    sortable: true,
    cell: ({ node }) => (
      <span className={styles['figure']}>{(node.lines.total - node.lines.covered).toLocaleString('en')}</span>
    ),
  },
  {
    id: 'branches',
    header: 'Branches',
    width: '84px',
    align: 'end',
    sortable: true,
    cell: ({ node }) => <span className={styles['figure']}>{percentWords(node.branches.pct)}</span>,
  },
];
