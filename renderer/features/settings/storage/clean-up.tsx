import { Eye, Square, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Callout } from '#renderer/ui/callout.tsx';
import { ProgressBar } from '#renderer/ui/progress-bar.tsx';
import type { CollectProgress, LastCollection, RetentionLimits } from '#shared/api/storage-schemas.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import { Group } from '../group.tsx';
import { collect, useCollect, type CollectState } from './collect-store.ts';
import { CollectionTable } from './collection-table.tsx';
import { collectionWords, lastWords } from './collection-words.ts';
import styles from '../settings.module.css';

const STEPS: Readonly<Record<CollectProgress['step'], string>> = {
  measuring: 'Measures runs',
  runs: 'Removes runs',
  workspaces: 'Removes workspaces',
  content: 'Removes what nothing needs',
};

export interface CleanUpProps {
  /** The limits in the fields; null while one does not fit. */
  readonly limits: RetentionLimits | null;
  /** They are not saved yet: they can be previewed, and clean nothing up. */
  readonly isDirty: boolean;
  readonly last: LastCollection | null;
}

/** Shows what the limits let go, and removes it, with progress and an end. */
export function CleanUp({ limits, isDirty, last }: CleanUpProps) {
  const bridge = useBridge();
  const state = useCollect((store) => store.state);
  const [isShown, setIsShown] = useState(false);
  const preview = useRemote(
    isShown && limits !== null ? ['storage', 'preview', JSON.stringify(limits)] : null,
    (signal) => bridge.client.storage.preview(limits === null ? {} : { limits }, { signal }),
  );
  const isRunning = state.status === 'running';
  return (
    <Group
      title="Clean up"
      hint={
        isDirty
          ? 'The preview is for the limits above; save them before you clean up.'
          : last === null
            ? 'Nothing was cleaned up yet.'
            : lastWords(last)
      }
      actions={
        <>
          <Button
            icon={<Eye size={14} />}
            aria-pressed={isShown}
            disabled={limits === null || isRunning}
            onClick={() => setIsShown(!isShown)}
          >
            {isShown ? 'Hide preview' : 'Preview'}
          </Button>
          <Button
            icon={<Trash2 size={14} />}
            disabled={isDirty}
            busy={isRunning}
            onClick={() => void collect(bridge)}
          >
            Clean up now
          </Button>
        </>
      }
    >
      <Progress state={state} />
      {isShown && limits !== null && !isRunning && <CollectionTable preview={preview} />}
      {!isShown && state.status === 'idle' && (
        <p className={styles['empty']}>Preview shows what the limits let go; nothing is removed by that.</p>
      )}
    </Group>
  );
}

function Progress({ state }: { readonly state: CollectState }) {
  switch (state.status) {
    case 'idle':
      return null;
    case 'running': {
      const { progress } = state;
      const words = progress === null ? 'Begins' : STEPS[progress.step];
      const value =
        progress === null || progress.total === null || progress.total === 0
          ? null
          : progress.done / progress.total;
      return (
        <div className={styles['progress']}>
          <div className={styles['progressLine']}>
            <span role="status">
              {words}
              {progress !== null && progress.sizeBytes > 0 && `, ${formatSize(progress.sizeBytes)} so far`}
            </span>
            <Button size="small" icon={<Square size={12} />} onClick={state.stop}>
              Stop
            </Button>
          </div>
          <ProgressBar label="Clean-up" value={value} />
        </div>
      );
    }
    case 'finished':
      return (
        <p className={styles['empty']} role="status">
          {collectionWords(state.collection)}
        </p>
      );
    case 'stopped':
      return (
        <p className={styles['empty']} role="status">
          Stopped. {formatSize(state.sizeBytes)} had been freed.
        </p>
      );
    case 'failed':
      return (
        <div className={styles['fields']}>
          <Callout kind="error" title={state.failure.message}>
            {state.failure.hint}
          </Callout>
        </div>
      );
  }
}
