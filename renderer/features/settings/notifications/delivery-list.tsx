import { CircleCheck, CircleX, Hourglass, RefreshCw, RotateCw } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Countdown } from '#renderer/ui/countdown.tsx';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { toneColour, type Tone } from '#renderer/ui/tone.ts';
import type { BridgeClient } from '#renderer/bridge/client.ts';
import { Group } from '../group.tsx';
import { TableCard } from '../table-card.tsx';
import { CHANGE_WORDS } from './rule-words.ts';
import styles from '../settings.module.css';

type Delivery = Awaited<ReturnType<BridgeClient['notification']['history']>>[number];

const STATES: Record<
  Delivery['state'],
  { readonly tone: Tone; readonly words: string; readonly icon: ReactNode }
> = {
  waiting: { tone: 'running', words: 'Being sent', icon: <Hourglass size={14} /> },
  sent: { tone: 'succeeded', words: 'Sent', icon: <CircleCheck size={14} /> },
  retrying: { tone: 'warning', words: 'Tried again', icon: <RotateCw size={14} /> },
  'given-up': { tone: 'failed', words: 'Given up', icon: <CircleX size={14} /> },
};

/** A try that was due is over by then, most times. */
const AFTER_TRY_MS = 2_000;

const CHANNELS: Readonly<Record<Delivery['channel'], string>> = {
  desktop: 'Desktop',
  email: 'E-mail',
  webhook: 'Webhook',
};

const COLUMNS: readonly Column<Delivery>[] = [
  {
    id: 'run',
    header: 'Run',
    width: 'minmax(120px, 1fr)',
    cell: ({ run }) => (
      <span className={styles['cut']}>{run ? `${run.name} #${run.number}` : 'removed'}</span>
    ),
  },
  {
    id: 'news',
    header: 'News',
    width: '120px',
    cell: ({ change }) => <span className={styles['cut']}>{CHANGE_WORDS[change]}</span>,
  },
  {
    id: 'to',
    header: 'To',
    width: 'minmax(120px, 1fr)',
    cell: ({ channel, target }) => (
      <span className={styles['quietCut']} title={target}>
        {target === '' ? CHANNELS[channel] : target}
      </span>
    ),
  },
  {
    id: 'state',
    header: 'What became of it',
    width: 'minmax(260px, 2.6fr)',
    cell: (row) => <State {...row} />,
  },
];

function State({ state, reason, at, nextAt, attempts }: Delivery) {
  const { tone, words, icon } = STATES[state];
  return (
    <span className={styles['stateCell']} title={reason ?? undefined}>
      <span className={styles['icon']} style={{ color: toneColour(tone) }}>
        {icon}
      </span>
      <span>
        {words} {at !== null && <RelativeTime at={Date.parse(at)} />}
        {state === 'retrying' && nextAt !== null && (
          <>
            in <Countdown until={Date.parse(nextAt)} />
          </>
        )}
      </span>
      {reason !== null && state !== 'sent' && (
        <span className={styles['quietCut']}>
          {attempts > 1 ? `${attempts} tries: ` : ''}
          {reason}
        </span>
      )}
    </span>
  );
}

/** The latest messages and what became of each: sent, tried again with the reason, given up. */
export function DeliveryList() {
  const { client } = useBridge();
  // Under `runs`: what happens to a run is what is told.
  const deliveries = useRemote(['runs', 'deliveries'], (signal) =>
    client.notification.history({ limit: 100 }, { signal }),
  );
  const { reload } = deliveries;
  const known = deliveries.status === 'ready' ? deliveries.value : null;
  useEffect(() => {
    const due = (known ?? []).flatMap(({ nextAt }) => (nextAt === null ? [] : [Date.parse(nextAt)]));
    if (due.length === 0) return undefined;
    const timer = setTimeout(reload, Math.max(0, Math.min(...due) - Date.now()) + AFTER_TRY_MS);
    return () => clearTimeout(timer);
  }, [known, reload]);
  return (
    <Group
      title="Sent lately"
      hint="A message that cannot be sent is tried again for some nine hours, also after a restart."
      actions={
        <Button
          size="small"
          icon={<RefreshCw size={14} />}
          busy={deliveries.status === 'ready' && deliveries.isStale}
          onClick={deliveries.reload}
        >
          Refresh
        </Button>
      }
    >
      {deliveries.status === 'loading' && <SkeletonRows count={2} />}
      {deliveries.status === 'failed' && (
        <FailureState failure={deliveries.failure} onRetry={deliveries.reload} />
      )}
      {deliveries.status === 'ready' && (
        <TableCard
          label="Sent lately"
          columns={COLUMNS}
          rows={deliveries.value}
          rowKey={({ id }) => String(id)}
          onOpen={({ run, runId }) => {
            if (run !== null) navigate({ screen: 'run', runId });
          }}
          empty="Nothing was sent yet. Messages of runs show here, with the reason when one could not be sent."
        />
      )}
    </Group>
  );
}
