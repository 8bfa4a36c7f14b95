import { GitCommitHorizontal } from 'lucide-react';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { Fold, Section } from '#renderer/ui/section.tsx';
import type { RunStory } from '#shared/api/report-schemas.ts';
import styles from './story.module.css';

const FEW_COMMITS = 6;
const FEW_FILES = 8;

/** Who changed what since the pipeline was last good; nothing outside of version control, or where nothing was. */
export function StoryChanges({ story }: { readonly story: RunStory }) {
  const { commits, moreCommits, changedFiles } = story;
  return (
    <>
      {commits.length > 0 && (
        <Section
          title={`Commits since the last good run${moreCommits ? ', the newest' : ''}`}
          count={commits.length}
        >
          <ul className={styles['list']} data-scrolls={commits.length > FEW_COMMITS || undefined}>
            {commits.map(({ commit, message, author, at }) => (
              <li key={commit} className={styles['commit']}>
                <GitCommitHorizontal size={14} className={styles['faint']} />
                <span className={styles['message']} title={message}>
                  {message}
                </span>
                <span className={styles['by']}>
                  {author} · <code title={commit}>{commit.slice(0, 7)}</code> ·{' '}
                  <RelativeTime at={Date.parse(at)} />
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {changedFiles.length > 0 && (
        <Fold
          title="Changed files"
          count={changedFiles.length}
          defaultOpen={changedFiles.length <= FEW_FILES}
        >
          <ul className={styles['files']}>
            {changedFiles.map((file) => (
              <li key={file} title={file} data-selectable>
                {file}
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </>
  );
}
