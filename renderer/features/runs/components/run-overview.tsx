import { Duration } from '#renderer/ui/duration.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { statusLabel } from '#renderer/ui/status.ts';
import type { StageId } from '#shared/lib/ids.ts';
import { STAGE_STATUSES } from '#shared/run/status.ts';
import { useRun } from '../run-context.ts';
import { useStory } from '../hooks/use-story.ts';
import { chapterOf } from '../story-chapter.ts';
import { slowestStages } from '../slowest-stages.ts';
import { BrokenStages } from './broken-stages.tsx';
import { StoryChanges } from './story-changes.tsx';
import { StoryComparison } from './story-comparison.tsx';
import styles from './stage-panel.module.css';

const MOST_SLOW = 5;

/** Stands beside the graph while no stage is selected: what broke, since when and who changed what, and the run as a whole. */
export function RunOverview({ onSelect }: { readonly onSelect: (stage: StageId) => void }) {
  const run = useRun();
  const story = useStory(run.runId, chapterOf(run));
  const inputs = Object.entries(run.plan.inputs);
  return (
    <aside className={styles['panel']} aria-label="The run">
      <header className={styles['header']}>
        <h2 className={styles['name']}>This run</h2>
      </header>
      <div className={styles['facts']}>
        <BrokenStages run={run} story={story} onSelect={onSelect} />
        <StoryComparison runId={run.runId} story={story} />
        {story !== null && <StoryChanges story={story} />}
        <Section title="Stages" count={run.plan.stages.length}>
          <ul>
            {STAGE_STATUSES.filter((status) => run.counts[status] > 0).map((status) => (
              <li key={status} className={styles['result']}>
                <StatusIcon status={status} size={14} decorative />
                {statusLabel(status)}
                <span className={styles['time']}>{run.counts[status]}</span>
              </li>
            ))}
          </ul>
        </Section>
        {inputs.length > 0 && (
          <Section title="Inputs" count={inputs.length}>
            <Facts items={inputs.map(([label, value]) => ({ label, value: <code>{String(value)}</code> }))} />
          </Section>
        )}
        <Section title="Slowest stages">
          <ul>
            {slowestStages(run, MOST_SLOW).map((stage) => (
              <li key={stage.id}>
                <button type="button" className={styles['slow']} onClick={() => onSelect(stage.id)}>
                  <StatusIcon status={stage.status} size={14} />
                  <span className={styles['stepName']}>{stage.name}</span>
                  <span className={styles['time']}>
                    <Duration startedAt={stage.startMs} finishedAt={stage.endMs} />
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </Section>
        <Section title="About">
          <Facts
            items={[
              { label: 'File', value: run.pipelineFile },
              { label: 'Folder', value: run.projectDir },
              { label: 'At once', value: `${run.maxParallel} stages at most` },
            ]}
          />
        </Section>
      </div>
    </aside>
  );
}
