import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { Skeleton } from '#renderer/ui/skeleton.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import type { RunPoint, RunStory } from '#shared/api/report-schemas.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { brokenStages } from '../what-broke.ts';
import styles from './story.module.css';

const MOST_STAGES = 8;

interface BrokenStagesProps {
  readonly run: RunState;
  /** Null while it is not known. */
  readonly story: RunStory | null;
  readonly onSelect: (stage: StageId) => void;
}

/** Each stage that failed: why, and since when. */
export function BrokenStages({ run, story, onSelect }: BrokenStagesProps) {
  const broken = brokenStages(run);
  if (broken.length === 0) return null;
  const more = broken.length - MOST_STAGES;
  return (
    <Section title="What broke" count={broken.length}>
      <ul className={styles['list']}>
        {broken.slice(0, MOST_STAGES).map(({ stage, name, status, reason }) => (
          <li key={stage}>
            <button type="button" className={styles['broken']} onClick={() => onSelect(stage)}>
              <StatusIcon status={status} size={14} />
              <span className={styles['name']}>{name}</span>
              <span className={styles['why']}>{reason}</span>
            </button>
            <span className={styles['since']}>
              {story === null ? <Skeleton width="70%" height={12} /> : <Since story={story} stage={stage} />}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className={styles['quiet']}>and {more} more</p>}
    </Section>
  );
}

function Since({ story, stage }: { readonly story: RunStory; readonly stage: StageId }) {
  const found = story.broken.find((one) => one.stage === stage);
  if (found === undefined) return null;
  const { since, lastGood } = found;
  return (
    <>
      {since === null ? (
        lastGood === null ? (
          'Has not succeeded so far'
        ) : (
          'New in this run'
        )
      ) : (
        <>
          Fails since <Run point={since} stage={stage} />
        </>
      )}
      {lastGood !== null && (
        <>
          , last good in <Run point={lastGood} stage={stage} />
        </>
      )}
    </>
  );
}

function Run({ point, stage }: { readonly point: RunPoint; readonly stage: StageId }) {
  return (
    <RouteLink
      className={styles['link']}
      to={{ screen: 'run', runId: point.runId, stage }}
      title={point.commit?.slice(0, 7)}
    >
      #{point.number}
    </RouteLink>
  );
}
