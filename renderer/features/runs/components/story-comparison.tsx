import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { Skeleton } from '#renderer/ui/skeleton.tsx';
import type { RunStory } from '#shared/api/report-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { storyFigures, type StoryFigure } from '../story-figures.ts';
import styles from './story.module.css';

const SKELETON_ROWS = 4;

interface StoryComparisonProps {
  readonly runId: RunId;
  /** Null while it is not known. */
  readonly story: RunStory | null;
}

/** What the run came to, and how that differs from the run before. */
export function StoryComparison({ runId, story }: StoryComparisonProps) {
  if (story === null) {
    return (
      <Section title="Compared with the run before">
        {Array.from({ length: SKELETON_ROWS }, (_, index) => (
          <div key={index} className={styles['figure']}>
            <Skeleton width="60%" height={12} />
          </div>
        ))}
      </Section>
    );
  }
  const { before } = story;
  return (
    <Section
      title={before === null ? 'Results' : 'Compared with the run before'}
      actions={
        before === null ? undefined : (
          <RouteLink className={styles['link']} to={{ screen: 'run', runId: before.runId }}>
            #{before.number}
          </RouteLink>
        )
      }
    >
      <ul data-alone={before === null || undefined}>
        {storyFigures(story).map((figure) => (
          <Figure key={figure.label} runId={runId} figure={figure} />
        ))}
      </ul>
      {before === null && <p className={styles['quiet']}>No earlier run to compare with.</p>}
    </Section>
  );
}

function Figure({ runId, figure }: { readonly runId: RunId; readonly figure: StoryFigure }) {
  const { label, tab, value, delta, isSame, isBetter } = figure;
  return (
    <li className={styles['figure']}>
      {tab === null ? (
        <span>{label}</span>
      ) : (
        <RouteLink className={styles['label']} to={{ screen: 'run', runId, tab }}>
          {label}
        </RouteLink>
      )}
      <span className={styles['value']}>{value ?? '–'}</span>
      {(delta !== null || isSame) && (
        <span
          className={styles['delta']}
          data-better={isBetter ?? undefined}
          title={isBetter === null ? undefined : isBetter ? 'Better than before' : 'Worse than before'}
        >
          {delta ?? '='}
        </span>
      )}
    </li>
  );
}
