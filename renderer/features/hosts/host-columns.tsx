import type { Column } from '#renderer/ui/data-table-column.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import type { SshHostInfo } from '#shared/api/host-schemas.ts';
import { StateSign } from './host-state.tsx';
import { Labels } from './labels.tsx';
import styles from './hosts.module.css';

/** What the last test came to, or that one is running. */
function State({ host, isRunning }: { readonly host: SshHostInfo; readonly isRunning: boolean }) {
  const { lastTest } = host;
  if (isRunning)
    return (
      <span className={styles['state']}>
        <StateSign status="running" />
        testing
      </span>
    );
  if (lastTest === null)
    return (
      <span className={`${styles['state']} ${styles['muted']}`}>
        <StateSign status="open" />
        not tested
      </span>
    );
  const { at, problem } = lastTest;
  return (
    <span className={styles['state']} title={problem ?? undefined}>
      <StateSign status={problem === null ? 'passed' : 'failed'} />
      <span className={styles['cut']}>
        {problem === null ? 'worked' : 'failed'}{' '}
        <span className={styles['muted']}>
          <RelativeTime at={Date.parse(at)} />
        </span>
      </span>
    </span>
  );
}

/** The columns of the list of hosts. */
export const hostColumns = (isRunning: (name: string) => boolean): Column<SshHostInfo>[] => [
  {
    id: 'name',
    header: 'Host',
    width: 'minmax(120px, 1.2fr)',
    cell: ({ name }) => (
      <code className={styles['name']} title={name}>
        {name}
      </code>
    ),
  },
  {
    id: 'labels',
    header: 'Labels',
    width: 'minmax(96px, 1fr)',
    cell: Labels,
  },
  {
    id: 'slots',
    header: 'Slots used',
    width: '96px',
    align: 'end',
    cell: ({ slots, usedSlots }) => (
      <span className={usedSlots === 0 ? styles['muted'] : undefined}>
        {usedSlots} of {slots}
      </span>
    ),
  },
  {
    id: 'state',
    header: 'Connection',
    width: '176px',
    cell: (host) => <State host={host} isRunning={isRunning(host.name)} />,
  },
];
