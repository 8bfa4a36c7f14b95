import { TriangleAlert } from 'lucide-react';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { VisuallyHidden } from '#renderer/ui/visually-hidden.tsx';
import type { Trigger } from '#shared/api/trigger-schemas.ts';
import { NextTime } from './next-time.tsx';
import { TriggerType } from './trigger-type.tsx';
import { folderName, triggerWords } from './trigger-words.ts';
import styles from './triggers.module.css';

function What({ summary, fault }: Trigger) {
  if (fault === null) {
    return (
      <code className={styles['summary']} title={summary}>
        {summary}
      </code>
    );
  }
  return (
    <span className={styles['fault']} title={fault}>
      <TriangleAlert size={14} />
      <span className={styles['cut']}>{fault}</span>
    </span>
  );
}

function Last({ last }: Trigger) {
  if (last === null) return <span className={styles['muted']}>never</span>;
  return (
    <span className={styles['result']} title={last.skipped ?? last.reason}>
      <StatusIcon status={last.run?.status ?? 'skipped'} size={14} />
      <RelativeTime at={Date.parse(last.at)} />
    </span>
  );
}

function Next({ nextAt, paused }: Trigger) {
  if (paused) return <span className={styles['muted']}>paused</span>;
  return nextAt === null ? null : <NextTime at={nextAt} />;
}

/** The columns of the list of triggers. */
export const triggerColumns = (onPaused: (trigger: Trigger, paused: boolean) => void): Column<Trigger>[] => [
  {
    id: 'pipeline',
    header: 'Pipeline',
    width: 'minmax(88px, 1fr)',
    cell: ({ name, projectDir }) => (
      <span className={styles['cut']} title={`${name} in ${projectDir}`}>
        {name} <span className={styles['muted']}>{folderName(projectDir)}</span>
      </span>
    ),
  },
  { id: 'type', header: 'Starts on', width: '124px', cell: ({ type }) => <TriggerType type={type} /> },
  { id: 'what', header: 'When', width: 'minmax(88px, 1.2fr)', cell: What },
  { id: 'next', header: 'Next', width: '108px', cell: Next },
  { id: 'last', header: 'Last', width: '96px', cell: Last },
  {
    id: 'paused',
    header: 'On',
    width: '40px',
    align: 'end',
    cell: (trigger) => (
      // A click on the switch is not a click on the row.
      <span onClick={(event) => event.stopPropagation()}>
        <Switch
          label={<VisuallyHidden>{`${triggerWords(trigger.type)} of ${trigger.name}`}</VisuallyHidden>}
          checked={!trigger.paused}
          onCheckedChange={(on) => onPaused(trigger, !on)}
        />
      </span>
    ),
  },
];
