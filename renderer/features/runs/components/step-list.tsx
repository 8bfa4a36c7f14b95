import { Duration } from '#renderer/ui/duration.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import type { AttemptState } from '#shared/run/run-state.ts';
import { attemptStatus, outcomeWords } from '../stage-words.ts';
import styles from './stage-panel.module.css';

interface StepListProps {
  readonly planned: PlannedStage;
  readonly attempt: AttemptState | undefined;
}

/** The steps of a stage in one attempt: those that ran, and those that will or would have. */
export function StepList({ planned, attempt }: StepListProps) {
  return (
    <ol className={styles['steps']}>
      {planned.steps.map(({ id, name }) => {
        const step = attempt?.steps.find((candidate) => candidate.id === id);
        const isOver = attempt !== undefined && attempt.outcome !== null;
        const status = step === undefined ? (isOver ? 'skipped' : 'pending') : attemptStatus(step);
        const words = step === undefined ? null : outcomeWords(step);
        return (
          <li key={id} className={styles['step']}>
            <StatusIcon status={status} size={14} />
            <span className={styles['stepName']} title={name}>
              {name}
            </span>
            {words !== null && <span className={styles['outcome']}>{words}</span>}
            {step !== undefined && (
              <span className={styles['time']}>
                <Duration
                  startedAt={Date.parse(step.startedAt)}
                  finishedAt={step.finishedAt === null ? null : Date.parse(step.finishedAt)}
                />
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
