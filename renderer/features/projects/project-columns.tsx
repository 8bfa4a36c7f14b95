import { Ellipsis } from 'lucide-react';
import type { Project } from '#shared/api/schemas.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import type { MenuEntry } from '#renderer/ui/menu-entry.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { RunName } from '#renderer/ui/run-facts/run-name.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import styles from './projects.module.css';

/** The columns of the list of projects. */
export const projectColumns = (menu: (project: Project) => readonly MenuEntry[]): Column<Project>[] => [
  {
    id: 'status',
    header: '',
    label: 'Last run',
    width: '16px',
    cell: ({ lastRun }) =>
      lastRun === null ? (
        <span className={styles['never']} title="Never run" />
      ) : (
        <StatusIcon status={lastRun.status} />
      ),
  },
  {
    id: 'name',
    header: 'Name',
    width: 'minmax(120px, 1fr)',
    cell: ({ name, isSample, exists }) => (
      <>
        <span className={styles['name']} data-gone={!exists || undefined}>
          {name}
        </span>
        {isSample && <Badge>sample</Badge>}
        {!exists && <Badge tone="warning">folder is gone</Badge>}
      </>
    ),
  },
  {
    id: 'dir',
    header: 'Folder',
    width: 'minmax(120px, 1.6fr)',
    cell: ({ dir }) => (
      <span className={styles['dir']} title={dir}>
        {dir}
      </span>
    ),
  },
  {
    id: 'last-run',
    header: 'Last run',
    width: 'minmax(100px, 0.8fr)',
    cell: ({ lastRun }) =>
      lastRun === null ? (
        <span className={styles['faint']}>never run</span>
      ) : (
        <RunName name={lastRun.name} number={lastRun.number} />
      ),
  },
  {
    id: 'when',
    header: 'When',
    width: '112px',
    align: 'end',
    cell: ({ lastRun }) =>
      lastRun !== null && (
        <span className={styles['faint']}>
          <RelativeTime at={Date.parse(lastRun.startedAt ?? lastRun.createdAt)} />
        </span>
      ),
  },
  {
    id: 'menu',
    header: '',
    label: 'Actions',
    width: '24px',
    cell: (project) => (
      // A click on the menu is not a click on the row.
      <span onClick={(event) => event.stopPropagation()}>
        <DropdownMenu
          align="end"
          entries={menu(project)}
          trigger={
            <IconButton size="small" label={`Actions for ${project.name}`} icon={<Ellipsis size={14} />} />
          }
        />
      </span>
    ),
  },
];
