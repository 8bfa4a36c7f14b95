import { GitBranch } from 'lucide-react';
import { useStore } from 'zustand';
import type { GitFile } from '#shared/api/source-schemas.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import type { DocumentState, PipelineDocument } from '../document/document-store.ts';
import styles from './file-tabs.module.css';

const WORDS: Partial<Record<GitFile['status'], string>> = {
  modified: 'differs from the last commit',
  added: 'new, not committed yet',
  untracked: 'not in Git yet',
  ignored: 'ignored by Git',
  conflict: 'in a merge conflict',
};

const selectGit = ({ git }: DocumentState) => git;

/** The branch, and how the file on disk stands to its last commit; nothing outside of a repository. */
export function GitFacts({ document }: { readonly document: PipelineDocument }) {
  const git = useStore(document, selectGit);
  if (git === null) return null;
  const words = WORDS[git.status];
  return (
    <span className={styles['git']}>
      {git.branch !== null && (
        <span className={styles['branch']}>
          <GitBranch size={12} aria-label="Branch" />
          {git.branch}
        </span>
      )}
      {words !== undefined && <Badge tone={git.status === 'conflict' ? 'failed' : 'neutral'}>{words}</Badge>}
    </span>
  );
}
