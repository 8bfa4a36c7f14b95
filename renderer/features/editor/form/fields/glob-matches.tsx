import { useMemo } from 'react';
import { useSettled } from '../../simulate/use-settled.ts';
import { useMatches } from '../use-project.ts';
import styles from './controls.module.css';

const PAUSE_MS = 300;
const MAX_NAMED = 3;

/** How many files of the project's folder globs match now. */
export function GlobMatches({ globs }: { readonly globs: readonly string[] }) {
  const text = JSON.stringify(globs);
  const settled = useSettled(text, PAUSE_MS);
  const asked = useMemo(() => JSON.parse(settled) as readonly string[], [settled]);
  const matches = useMatches(asked);
  if (matches === null) return null;
  const { count, files, isPartial } = matches;
  if (isPartial)
    return <p className={styles['quiet']}>The project is too large to count what this matches.</p>;
  if (count === 0) return <p className={styles['quiet']}>No file of the project matches now.</p>;
  const named = files.slice(0, MAX_NAMED).join(', ');
  return (
    <p className={styles['quiet']} title={files.join('\n')}>
      {count === 1 ? '1 file matches' : `${count} files match`} now: {named}
      {count > MAX_NAMED && ' …'}
    </p>
  );
}
