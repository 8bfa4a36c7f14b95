import { GitBranch } from 'lucide-react';
import type { GitInfo } from '#shared/run/events.ts';
import styles from './run-facts.module.css';

/** Branch and commit of a run in one line; the commit's message is the tooltip. Nothing outside of version control. */
export function GitRef({ git }: { readonly git: GitInfo | null }) {
  if (git === null) return null;
  return (
    <span className={styles['git']} title={git.message}>
      <GitBranch size={12} />
      {git.branch !== null && <span className={styles['branch']}>{git.branch}</span>}
      <code className={styles['commit']}>{git.commit.slice(0, 7)}</code>
    </span>
  );
}
