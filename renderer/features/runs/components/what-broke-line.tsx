import { CircleAlert } from 'lucide-react';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import type { RunState } from '#shared/run/run-state.ts';
import { useStory } from '../hooks/use-story.ts';
import { chapterOf } from '../story-chapter.ts';
import { sinceWords } from '../story-figures.ts';
import { whatBroke, type Breakage } from '../what-broke.ts';
import styles from './what-broke-line.module.css';

/** One line that says why the run failed, since when it does, and leads to the log of it; nothing for other runs. */
export function WhatBrokeLine({ run }: { readonly run: RunState }) {
  const breakage = whatBroke(run);
  return breakage === null ? null : <Line run={run} breakage={breakage} />;
}

function Line({ run, breakage }: { readonly run: RunState; readonly breakage: Breakage }) {
  const { stage, name, attempt, reason, others } = breakage;
  const story = useStory(run.runId, chapterOf(run));
  const since = story === null ? null : sinceWords(story, stage);
  const commits = story?.commits.length ?? 0;
  return (
    <div className={styles['line']} role="status">
      <CircleAlert size={14} className={styles['icon']} />
      <span className={styles['words']} data-selectable>
        <strong>{name}</strong> — {reason}
        {others > 0 && `; ${others} more ${others === 1 ? 'stage' : 'stages'} failed`}
        {since !== null && (
          <span className={styles['since']}>
            {' · '}
            {since}
            {commits > 0 &&
              `, ${commits}${story?.moreCommits === true ? '+' : ''} ${commits === 1 ? 'commit' : 'commits'} since the last good run`}
          </span>
        )}
      </span>
      {attempt > 0 && (
        <RouteLink className={styles['link']} to={{ screen: 'log', runId: run.runId, stage, attempt }}>
          Open the log
        </RouteLink>
      )}
    </div>
  );
}
