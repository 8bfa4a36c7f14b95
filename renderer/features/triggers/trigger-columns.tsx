import { TriangleAlert } from 'lucide-react';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { VisuallyHidden } from '#renderer/ui/visually-hidden.tsx';
import type { Trigger, TriggerFiring } from '#shared/api/trigger-schemas.ts';
import { folderName, triggerWords } from './trigger-words.ts';
import styles from './triggers.module.css';

/** What became of a firing: its run, or why there is none. */
export function FiringResult({ firing }: { readonly firing: TriggerFiring }) {
  if (firing.runId === null) return <span className={styles['muted']}>{firing.skipped ?? 'no run'}</span>;
  return (
    <RouteLink className={styles['link']} to={{ screen: 'run', runId: firing.runId }}>
      Open the run
    </RouteLink>
  );
}

function What({ summary, fault, url }: Trigger) {
  return (
    <span className={styles['what']}>
      {fault !== null && (
        <span className={styles['fault']} title={fault}>
          <TriangleAlert size={14} />
          <span className={styles['cut']}>{fault}</span>
        </span>
      )}
      {fault === null && (
        <code className={styles['summary']} title={url ?? summary}>
          {url ?? summary}
        </code>
      )}
      {url !== null && <CopyButton text={url} label="Copy the address" size="small" />}
    </span>
  );
}

/** The columns of the list of triggers. */
export const triggerColumns = (onPaused: (trigger: Trigger, paused: boolean) => void): Column<Trigger>[] => [
  {
    id: 'pipeline',
    header: 'Pipeline',
    width: 'minmax(140px, 1fr)',
    cell: ({ name, projectDir, projectId, file }) => (
      <RouteLink className={styles['link']} to={{ screen: 'pipeline', projectId, file }} title={projectDir}>
        {name} <span className={styles['muted']}>{folderName(projectDir)}</span>
      </RouteLink>
    ),
  },
  { id: 'type', header: 'Starts on', width: '124px', cell: ({ type }) => triggerWords(type) },
  { id: 'what', header: 'When', width: 'minmax(160px, 1.4fr)', cell: What },
  {
    id: 'next',
    header: 'Next',
    width: '120px',
    cell: ({ nextAt, paused }) =>
      paused ? (
        <span className={styles['muted']}>paused</span>
      ) : (
        nextAt !== null && <RelativeTime at={Date.parse(nextAt)} />
      ),
  },
  {
    id: 'last',
    header: 'Last',
    width: '210px',
    cell: ({ last }) =>
      last !== null && (
        <span className={styles['what']} title={last.reason}>
          <RelativeTime at={Date.parse(last.at)} />
          <span className={styles['cut']}>
            <FiringResult firing={last} />
          </span>
        </span>
      ),
  },
  {
    id: 'paused',
    header: 'On',
    width: '44px',
    align: 'end',
    cell: (trigger) => (
      <Switch
        label={<VisuallyHidden>{`${triggerWords(trigger.type)} of ${trigger.name}`}</VisuallyHidden>}
        checked={!trigger.paused}
        onCheckedChange={(on) => onPaused(trigger, !on)}
      />
    ),
  },
];

/** The columns of what has fired; `nameOf` gives a pipeline's name. */
export const firingColumns = (nameOf: (firing: TriggerFiring) => string): Column<TriggerFiring>[] => [
  {
    id: 'at',
    header: 'When',
    width: '130px',
    cell: ({ at }) => <RelativeTime at={Date.parse(at)} />,
  },
  { id: 'pipeline', header: 'Pipeline', width: 'minmax(120px, 1fr)', cell: nameOf },
  { id: 'type', header: 'Started on', width: '124px', cell: ({ type }) => triggerWords(type) },
  {
    id: 'reason',
    header: 'What happened',
    width: 'minmax(160px, 1.6fr)',
    cell: ({ reason }) => (
      <span className={styles['cut']} title={reason}>
        {reason}
      </span>
    ),
  },
  {
    id: 'result',
    header: 'Came of it',
    width: 'minmax(120px, 1fr)',
    cell: (firing) => <FiringResult firing={firing} />,
  },
];
