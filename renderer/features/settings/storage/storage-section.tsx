import { FolderSearch } from 'lucide-react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import type { StorageSettings } from '#shared/api/setting-schemas.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import { Group, Line } from '../group.tsx';
import { useSectionForm } from '../use-section-form.ts';
import { useSaveSetting } from '../use-settings.ts';
import { CleanUp } from './clean-up.tsx';
import { readRetentionDraft, retentionDraft } from './retention-draft.ts';
import { RetentionForm } from './retention-form.tsx';
import { UsageBar } from './usage-bar.tsx';
import styles from '../settings.module.css';

const MOST_PROJECTS = 8;

/** What the data folder takes, how much is kept, and a clean-up by hand. */
export function StorageSection({ storage }: { readonly storage: StorageSettings }) {
  const { client, cache, desktop } = useBridge();
  const save = useSaveSetting();
  const usage = useRemote(['storage', 'usage'], (signal) => client.storage.usage(undefined, { signal }));
  const form = useSectionForm({
    section: 'storage',
    stored: retentionDraft(storage),
    read: readRetentionDraft,
    save: async (value) => {
      await save({ section: 'storage', value });
      cache.invalidate(['storage', 'preview']);
    },
  });
  const read = readRetentionDraft(form.draft);
  const known = usage.status === 'ready' ? usage.value : null;
  return (
    <>
      <Group title="Data folder" hint="Runs, logs, artifacts, caches and the database.">
        {usage.status === 'loading' && <SkeletonRows count={4} />}
        {usage.status === 'failed' && <FailureState failure={usage.failure} onRetry={usage.reload} />}
        {known !== null && (
          <>
            <UsageBar usage={known} />
            {known.projects.slice(0, MOST_PROJECTS).map((project) => (
              <Line
                key={project.projectId}
                label={project.name}
                hint={`${project.runs === 1 ? '1 run' : `${project.runs} runs`} in ${project.dir}`}
              >
                <span className={styles['figure']}>{formatSize(project.sizeBytes)}</span>
              </Line>
            ))}
            <Line label="Folder">
              <span className={styles['path']} data-selectable>
                {known.dataDir}
              </span>
              <CopyButton text={known.dataDir} label="Copy the path" />
              {desktop !== undefined && (
                <Button
                  size="small"
                  icon={<FolderSearch size={14} />}
                  onClick={() => void desktop.reveal(known.dataDir)}
                >
                  Show
                </Button>
              )}
            </Line>
          </>
        )}
      </Group>
      <Group title="What is kept" hint="A pipeline file's own retention goes before age and count.">
        <RetentionForm form={form} />
      </Group>
      <CleanUp
        limits={read.ok ? read.value.retention : null}
        isDirty={form.isDirty}
        last={known?.lastCollection ?? null}
      />
    </>
  );
}
