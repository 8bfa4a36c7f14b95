import { useShallow } from 'zustand/shallow';
import { Duration } from '#renderer/ui/duration.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import type { StageId } from '#shared/lib/ids.ts';
import type { PlannedMatrix } from '#shared/pipeline/plan.ts';
import { useRunView } from '../run-context.ts';
import { plannedOf, stageOf } from '../selectors.ts';
import { legWords } from '../stage-words.ts';
import styles from './stage-panel.module.css';

const msOf = (at: string | null): number | null => (at === null ? null : Date.parse(at));

/** The legs of a matrix and how each stands. */
export function LegList({
  matrix,
  onSelect,
}: {
  readonly matrix: PlannedMatrix;
  readonly onSelect: (leg: StageId) => void;
}) {
  const ids = matrix.legs;
  const states = useRunView(useShallow(({ run }) => (ids ?? []).map((id) => stageOf(run, id))));
  const plan = useRunView(({ run }) => run);
  if (ids === null) {
    return (
      <Section title="Legs">
        <p className={styles['quiet']}>They are known once what the matrix needs is done.</p>
      </Section>
    );
  }
  return (
    <Section title="Legs" count={ids.length}>
      <ul>
        {ids.map((id, index) => {
          const state = states[index];
          const planned = plan === null ? undefined : plannedOf(plan, id);
          return (
            <li key={id}>
              <button type="button" className={styles['choice']} onClick={() => onSelect(id)}>
                {state !== undefined && <StatusIcon status={state.status} size={14} />}
                <span className={styles['stepName']} title={id}>
                  {planned?.leg == null ? id : legWords(planned.leg.values)}
                </span>
                <span className={styles['time']}>
                  {state?.startedAt != null && (
                    <Duration startedAt={msOf(state.startedAt)} finishedAt={msOf(state.finishedAt)} />
                  )}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
