import { FolderGit2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../button.tsx';
import { Callout } from '../callout.tsx';
import { CodeBlock, CodeText } from '../code-text.tsx';
import { Duration } from '../duration.tsx';
import { EmptyState } from '../empty-state.tsx';
import { Facts } from '../facts.tsx';
import { Kbd } from '../kbd.tsx';
import { ProgressBar } from '../progress-bar.tsx';
import { RelativeTime } from '../relative-time.tsx';
import { Fold, Section } from '../section.tsx';
import { SkeletonRows } from '../skeleton.tsx';
import { Spinner } from '../spinner.tsx';
import { StatusText } from '../status-text.tsx';
import type { Status } from '../status.ts';
import { showToast } from '../toast-store.ts';
import styles from './gallery.module.css';

const STATUSES: readonly Status[] = [
  'pending',
  'succeeded',
  'ready',
  'failed',
  'queued',
  'timed-out',
  'running',
  'cancelled',
  'waiting-approval',
  'skipped',
  'infra-error',
  'interrupted',
];

/** Statuses, times, code, callouts and what stands where nothing is. */
export function FeedbackGallery() {
  const [startedAt] = useState(() => Date.now() - 83_000);
  return (
    <div className={styles['column']}>
      <Section title="Statuses">
        <div className={styles['statuses']}>
          {STATUSES.map((status) => (
            <StatusText key={status} status={status} />
          ))}
        </div>
      </Section>
      <Section title="Facts">
        <Facts
          items={[
            { label: 'Started', value: <RelativeTime at={startedAt} /> },
            { label: 'Takes', value: <Duration startedAt={startedAt} finishedAt={null} /> },
            { label: 'Commit', value: <CodeText>4f2c1ab</CodeText> },
            { label: 'Keys', value: <Kbd keys="mod+shift+k" /> },
            { label: 'Works', value: <Spinner size={14} label="Working" /> },
          ]}
        />
        <ProgressBar label="unit" value={0.6} />
      </Section>
      <Section title="Callouts">
        <div className={styles['stack']}>
          <Callout
            kind="error"
            title="pipewright.yml has 2 errors"
            actions={<Button size="small">Open</Button>}
          >
            The pipeline cannot run until they are gone.
          </Callout>
          <Callout kind="warning" title="Docker does not answer">
            Stages with a container wait for it.
          </Callout>
          <Callout title="The file changed on disk" onDismiss={() => undefined} />
        </div>
      </Section>
      <Fold title="Code" count={2} defaultOpen>
        <CodeBlock>{'$ npm test\n> shop@1.2.0 test\n> node --test'}</CodeBlock>
      </Fold>
      <Section
        title="Loading, and nothing"
        actions={
          <Button
            size="small"
            onClick={() =>
              showToast({
                tone: 'failed',
                title: 'Release #128 failed',
                body: 'unit[node=22]: 2 tests',
                action: { label: 'Open', run: () => undefined },
              })
            }
          >
            Show a toast
          </Button>
        }
      >
        <SkeletonRows count={2} />
        <EmptyState
          icon={<FolderGit2 size={20} />}
          title="No projects yet"
          actions={
            <>
              <Button>Try the sample</Button>
              <Button variant="primary">Open a folder</Button>
            </>
          }
        >
          Open a folder that has a pipeline, or start from the sample.
        </EmptyState>
      </Section>
    </div>
  );
}
