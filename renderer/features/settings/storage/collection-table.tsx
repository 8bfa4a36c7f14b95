import type { Remote } from '#renderer/bridge/remote-cache.ts';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import type { Collection } from '#shared/api/storage-schemas.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import { TableCard } from '../table-card.tsx';
import { collectionWords } from './collection-words.ts';
import styles from '../settings.module.css';

type Run = Collection['runs'][number];

const REASONS: Readonly<Record<Run['reason'], string>> = {
  age: 'too old',
  count: 'too many',
  size: 'too large together',
};

const COLUMNS: readonly Column<Run>[] = [
  {
    id: 'run',
    header: 'Run',
    width: 'minmax(140px, 1fr)',
    cell: ({ name, number }) => (
      <span className={styles['cut']}>
        {name} #{number}
      </span>
    ),
  },
  {
    id: 'project',
    header: 'Project',
    width: 'minmax(120px, 1.2fr)',
    cell: ({ projectDir }) => (
      <span className={styles['quietCut']} title={projectDir}>
        {projectDir}
      </span>
    ),
  },
  {
    id: 'made',
    header: 'Made',
    width: '110px',
    cell: ({ createdAt }) => <RelativeTime at={Date.parse(createdAt)} />,
  },
  { id: 'reason', header: 'Because', width: '130px', cell: ({ reason }) => REASONS[reason] },
  { id: 'size', header: 'Size', width: '80px', align: 'end', cell: ({ sizeBytes }) => formatSize(sizeBytes) },
];

/** What a clean-up would remove: in a sentence, and its runs with the reason of each. */
export function CollectionTable({
  preview,
}: {
  readonly preview: Remote<Collection> & { readonly reload: () => void };
}) {
  if (preview.status === 'loading') return <SkeletonRows count={3} />;
  if (preview.status === 'failed') return <FailureState failure={preview.failure} onRetry={preview.reload} />;
  const { value } = preview;
  return (
    <>
      <p className={styles['empty']} role="status">
        {collectionWords(value)}
      </p>
      {value.runs.length > 0 && (
        <TableCard
          label="Runs that would go"
          columns={COLUMNS}
          rows={value.runs}
          rowKey={({ id }) => id}
          onOpen={({ id }) => navigate({ screen: 'run', runId: id })}
          empty=""
        />
      )}
    </>
  );
}
