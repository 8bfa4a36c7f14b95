import { TriangleAlert } from 'lucide-react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { toneColour } from '#renderer/ui/tone.ts';
import type { Trigger } from '#shared/api/trigger-schemas.ts';
import { Group, Line } from '../group.tsx';
import styles from '../settings.module.css';

const listens = ({ type }: Trigger): boolean => type === 'webhook' || type === 'pull-request';

/** Where senders post to, a line for each pipeline that listens. */
export function WebhookAddresses() {
  const { client } = useBridge();
  const triggers = useRemote(['runs', 'triggers'], (signal) => client.trigger.list({}, { signal }));
  const listening = triggers.status === 'ready' ? triggers.value.filter(listens) : [];
  return (
    <Group title="Addresses" hint="Each project has one; enter it as the payload URL.">
      {triggers.status === 'loading' && <SkeletonRows count={1} />}
      {triggers.status === 'failed' && <FailureState failure={triggers.failure} onRetry={triggers.reload} />}
      {triggers.status === 'ready' && listening.length === 0 && (
        <p className={styles['empty']}>
          No pipeline listens. Write <code>on: [webhook]</code> or <code>on: [pull-request]</code> into a
          pipeline file, and its address shows here.
        </p>
      )}
      {listening.map((trigger) => (
        <Line
          key={`${trigger.projectId} ${trigger.file} ${trigger.type}`}
          label={trigger.name}
          hint={trigger.type === 'webhook' ? trigger.file : `${trigger.file}, pull requests`}
        >
          <Address {...trigger} />
        </Line>
      ))}
    </Group>
  );
}

function Address({ fault, url }: Trigger) {
  if (fault !== null)
    return (
      <span className={styles['result']} style={{ color: toneColour('warning') }}>
        <TriangleAlert size={14} />
        {fault}
      </span>
    );
  if (url === null) return <span className={styles['quietCut']}>Chosen anew with each start</span>;
  return (
    <>
      <code className={styles['path']} data-selectable>
        {url}
      </code>
      <CopyButton text={url} label="Copy the address" />
    </>
  );
}
