import type { StorageUsage } from '#shared/api/storage-schemas.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import styles from './storage.module.css';

const PARTS: readonly {
  readonly part: keyof StorageUsage['parts'];
  readonly label: string;
  readonly colour: string;
}[] = [
  { part: 'artifacts', label: 'Artifacts', colour: 'var(--accent)' },
  { part: 'workspaces', label: 'Workspaces', colour: 'var(--status-warning)' },
  { part: 'caches', label: 'Caches', colour: 'var(--status-running)' },
  { part: 'logs', label: 'Logs', colour: 'var(--status-waiting)' },
  { part: 'database', label: 'Database', colour: 'var(--status-neutral)' },
  { part: 'other', label: 'Other', colour: 'var(--status-succeeded)' },
];

/** What the data folder takes, as one bar with its parts, and what is left on the disk. */
export function UsageBar({ usage }: { readonly usage: StorageUsage }) {
  const { parts, totalBytes, disk, runs } = usage;
  return (
    <div className={styles['usage']}>
      <p className={styles['total']}>
        <strong>{formatSize(totalBytes)}</strong>{' '}
        <span className={styles['quiet']}>
          {runs.count === 1 ? '1 run' : `${runs.count} runs`}
          {runs.pinned > 0 && `, ${runs.pinned} pinned`}
          {disk !== null && ` · ${formatSize(disk.freeBytes)} free on the disk`}
        </span>
      </p>
      <div className={styles['bar']} aria-hidden="true">
        {PARTS.map(({ part, colour }) =>
          parts[part] === 0 ? null : (
            <span key={part} style={{ flexGrow: parts[part] / totalBytes, background: colour }} />
          ),
        )}
      </div>
      <ul className={styles['legend']} aria-label="Parts">
        {PARTS.map(({ part, label, colour }) => (
          <li key={part}>
            <span className={styles['swatch']} style={{ background: colour }} />
            {label} <span className={styles['quiet']}>{formatSize(parts[part])}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
