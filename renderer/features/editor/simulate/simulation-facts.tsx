import { Facts } from '#renderer/ui/facts.tsx';
import { Section } from '#renderer/ui/section.tsx';
import type { SimulatedStage, Simulation } from '#shared/api/simulation-schemas.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { StageLinks } from '../stage-links.tsx';
import screenStyles from '../pipeline-body.module.css';
import styles from './simulate.module.css';

/** A list longer than this says no more than its count. */
const MOST_LISTED = 100;

/** Beside the graph while no stage is selected: the simulation as a whole. */
export function SimulationFacts({
  simulation,
  onSelect,
}: {
  readonly simulation: Simulation;
  readonly onSelect: (stage: string) => void;
}) {
  const { event, branch, estimate, counts } = simulation;
  const { makespanMs, maxParallel, untimed, criticalPath } = estimate;
  return (
    <>
      <Section title="Assumed">
        <Facts
          items={[
            { label: 'Branch', value: branch ?? 'none' },
            { label: 'Starts it', value: event.starts ? 'yes' : `no: ${event.whyNot}` },
            { label: 'At once', value: `up to ${maxParallel}` },
            {
              label: 'Takes',
              value:
                makespanMs === null ? 'not known before a first run' : `about ${formatDuration(makespanMs)}`,
            },
            { label: 'Not timed', value: makespanMs === null || untimed === 0 ? null : untimed },
          ]}
        />
      </Section>
      {criticalPath.length > 0 && (
        <Section title="Critical path" count={criticalPath.length}>
          <StageLinks ids={criticalPath.slice(0, MOST_LISTED)} onSelect={onSelect} none="" />
        </Section>
      )}
      <Listed title="Not known yet" verdict="unknown" count={counts.unknown} {...{ simulation, onSelect }} />
      <Listed title="Would not run" verdict="skipped" count={counts.skipped} {...{ simulation, onSelect }} />
      <p className={screenStyles['tip']}>
        Nothing is started. Every stage counts as succeeded and every approval as given. Select a stage to see
        why it would run or not.
      </p>
    </>
  );
}

function Listed({
  title,
  verdict,
  count,
  simulation,
  onSelect,
}: {
  readonly title: string;
  readonly verdict: SimulatedStage['verdict'];
  readonly count: number;
  readonly simulation: Simulation;
  readonly onSelect: (stage: string) => void;
}) {
  if (count === 0) return null;
  const ids = simulation.stages
    .filter(
      ({ matrix, ...stage }) =>
        stage.verdict === verdict && stage.kind !== 'hook' && (matrix === null || matrix.legs.length === 0),
    )
    .map(({ id }) => id);
  return (
    <Section title={title} count={count}>
      <div className={styles['list']}>
        <StageLinks ids={ids.slice(0, MOST_LISTED)} onSelect={onSelect} none="" />
        {ids.length > MOST_LISTED && (
          <span className={screenStyles['quiet']}>and {ids.length - MOST_LISTED} more</span>
        )}
      </div>
    </Section>
  );
}
