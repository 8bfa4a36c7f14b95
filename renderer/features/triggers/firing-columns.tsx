import { Badge } from '#renderer/ui/badge.tsx';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import type { TriggerFiring } from '#shared/api/trigger-schemas.ts';
import { FiringResult } from './firing-result.tsx';
import { TriggerType } from './trigger-type.tsx';
import styles from './triggers.module.css';

/** The columns of what has fired; `nameOf` gives a pipeline's name. */
export const firingColumns = (nameOf: (firing: TriggerFiring) => string): Column<TriggerFiring>[] => [
  { id: 'at', header: 'When', width: '112px', cell: ({ at }) => <RelativeTime at={Date.parse(at)} /> },
  {
    id: 'pipeline',
    header: 'Pipeline',
    width: 'minmax(120px, 1fr)',
    cell: (firing) => <span className={styles['cut']}>{nameOf(firing)}</span>,
  },
  { id: 'type', header: 'Started on', width: '132px', cell: ({ type }) => <TriggerType type={type} /> },
  {
    id: 'reason',
    header: 'What happened',
    width: 'minmax(160px, 2fr)',
    cell: ({ reason, missed }) => (
      <span className={styles['what']} title={reason}>
        {missed > 0 && <Badge tone="warning">{`${missed} missed`}</Badge>}
        <span className={styles['cut']}>{reason}</span>
      </span>
    ),
  },
  {
    id: 'result',
    header: 'Came of it',
    width: 'minmax(120px, 1.2fr)',
    cell: (firing) => <FiringResult firing={firing} />,
  },
];
