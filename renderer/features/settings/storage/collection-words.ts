import type { Collection, LastCollection } from '#shared/api/storage-schemas.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import { describeTime } from '#renderer/ui/describe-time.ts';

const counted = (count: number, one: string, many: string): string[] =>
  count === 0 ? [] : [count === 1 ? `1 ${one}` : `${count} ${many}`];

const parts = (amounts: {
  readonly runs: number;
  readonly workspaces: number;
  readonly artifacts: number;
}): string[] => [
  ...counted(amounts.runs, 'run', 'runs'),
  ...counted(amounts.workspaces, 'workspace', 'workspaces'),
  ...counted(amounts.artifacts, 'artifact', 'artifacts'),
];

const joined = (list: readonly string[], sizeBytes: number): string => {
  if (list.length > 0) return list.join(', ');
  return sizeBytes > 0 ? 'what nothing needs any more' : 'nothing';
};

/** `2 runs, 1 workspace go, 12.4 MB.` and the like, of what was removed or would be. */
export function collectionWords(collection: Collection): string {
  const { dryRun, runs, workspaces, artifacts, caches, sizeBytes } = collection;
  const list = [
    ...parts({ runs: runs.length, workspaces: workspaces.count, artifacts: artifacts.length }),
    ...counted(caches.count, 'cache', 'caches'),
  ];
  if (list.length === 0 && sizeBytes === 0) {
    return dryRun ? 'Nothing would be removed.' : 'There was nothing to remove.';
  }
  const what = joined(list, sizeBytes);
  return dryRun
    ? `Would remove ${what}: ${formatSize(sizeBytes)}.`
    : `Removed ${what}: ${formatSize(sizeBytes)} freed.`;
}

/** What the last clean-up came to, and when. */
export function lastWords(last: LastCollection): string {
  const when = describeTime(Date.parse(last.at), Date.now());
  const by = last.automatic ? ' by itself' : '';
  const end = last.complete ? '' : ', stopped before its end';
  const list = parts(last);
  if (list.length === 0 && last.sizeBytes === 0)
    return `Last ${when}${by}${end}: there was nothing to remove.`;
  return `Last ${when}${by}${end}: removed ${joined(list, last.sizeBytes)}, ${formatSize(last.sizeBytes)} freed.`;
}
