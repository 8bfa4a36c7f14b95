import { Countdown } from '#renderer/ui/countdown.tsx';
import { Duration } from '#renderer/ui/duration.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import type { StageState } from '#shared/run/run-state.ts';
import { attemptStatus, outcomeWords } from '../stage-words.ts';
import styles from './stage-panel.module.css';

interface AttemptListProps {
  readonly stage: StageState;
  /** Further ones after the first, at most. */
  readonly retries: number;
  /** The one whose steps and log are shown. */
  readonly selected: number;
  readonly onSelect: (attempt: number) => void;
}

/** Every try of a stage and how it ended, with the next one as it comes near. Nothing for a stage that needed one. */
export function AttemptList({ stage, retries, selected, onSelect }: AttemptListProps) {
  const { attempts, queuedFor } = stage;
  const next = queuedFor?.type === 'retry' ? queuedFor : null;
  if (attempts.length < 2 && next === null) return null;
  return (
    <Section title="Attempts" count={attempts.length}>
      <ol>
        {attempts.map((attempt) => {
          const words = outcomeWords(attempt);
          return (
            <li key={attempt.number}>
              <button
                type="button"
                className={styles['choice']}
                aria-current={attempt.number === selected}
                onClick={() => onSelect(attempt.number)}
              >
                <StatusIcon status={attemptStatus(attempt)} size={14} />
                <span className={styles['attempt']}>Attempt {attempt.number}</span>
                {words !== null && <span className={styles['reason']}>{words}</span>}
                <span className={styles['time']}>
                  <Duration
                    startedAt={Date.parse(attempt.startedAt)}
                    finishedAt={attempt.finishedAt === null ? null : Date.parse(attempt.finishedAt)}
                  />
                </span>
              </button>
            </li>
          );
        })}
        {next !== null && (
          <li className={styles['step']} role="status">
            <StatusIcon status="queued" size={14} decorative />
            <span>
              Tries again in <Countdown until={Date.parse(next.until)} />
            </span>
            <span className={styles['time']}>
              {attempts.length + 1} of {retries + 1}
            </span>
          </li>
        )}
      </ol>
    </Section>
  );
}
