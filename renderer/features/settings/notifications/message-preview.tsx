import { useDeferredValue } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { CodeBlock } from '#renderer/ui/code-text.tsx';
import { Fold } from '#renderer/ui/section.tsx';
import type { StatusChange, TestChannel } from '#shared/api/setting-schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import styles from './notifications.module.css';

export interface MessagePreviewProps {
  readonly channel: TestChannel;
  readonly change: StatusChange;
  readonly projectId: ProjectId | null;
}

/** What leaves, as it leaves; made by the host, so that it is the very text. */
export function MessagePreview(props: MessagePreviewProps) {
  return (
    <div className={styles['preview']}>
      <Fold title="Preview">
        <Body {...props} />
      </Fold>
    </div>
  );
}

function Body({ channel, change, projectId }: MessagePreviewProps) {
  const { client } = useBridge();
  // Where it goes says nothing of what it says, and may not be complete yet.
  const shown = useDeferredValue(JSON.stringify(sample(channel)));
  const preview = useRemote(['notification-preview', shown, change], (signal) =>
    client.notification.preview({ channel: JSON.parse(shown) as TestChannel, change, projectId }, { signal }),
  );
  if (preview.status === 'loading') return <p className={styles['quiet']}>…</p>;
  if (preview.status === 'failed') return <p className={styles['wrong']}>{preview.failure.message}</p>;
  const { text, problem } = preview.value;
  if (text === null) return <p className={styles['wrong']}>{problem}</p>;
  return (
    <CodeBlock wrap maxHeight={180}>
      {text}
    </CodeBlock>
  );
}

const sample = (channel: TestChannel): TestChannel =>
  channel.type === 'email'
    ? { ...channel, to: ['you@example.org'] }
    : { ...channel, url: 'https://example.org' };
