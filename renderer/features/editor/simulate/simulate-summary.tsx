import { Callout } from '#renderer/ui/callout.tsx';
import type { Failure } from '#renderer/bridge/app-failure.ts';
import { Spinner } from '#renderer/ui/spinner.tsx';
import type { Simulation } from '#shared/api/simulation-schemas.ts';
import { countWords, pathWords, timeWords } from './summary-words.ts';
import { TickedText } from './ticked-text.tsx';
import styles from './simulate.module.css';

interface SimulateSummaryProps {
  readonly simulation: Simulation | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
}

/** The simulation in one line; why the event would start nothing, or why there is none. */
export function SimulateSummary({ simulation, failure, isLoading }: SimulateSummaryProps) {
  if (failure !== null) {
    return (
      <div className={styles['callout']}>
        <Callout kind="error" title={<TickedText text={failure.message} />}>
          {failure.hint ?? 'Change what is assumed above.'}
        </Callout>
      </div>
    );
  }
  if (simulation === null) {
    return (
      <p className={styles['summary']}>
        <Spinner size={14} label="Simulating" />
      </p>
    );
  }
  const { event, estimate } = simulation;
  return (
    <>
      {event.whyNot !== null && (
        <div className={styles['callout']}>
          <Callout
            kind="warning"
            title={<TickedText text={`${event.title} would not start this pipeline: ${event.whyNot}.`} />}
          >
            Below is what it would do if it were started all the same.
          </Callout>
        </div>
      )}
      <p className={styles['summary']} role="status" data-loading={isLoading || undefined}>
        <strong>{countWords(simulation)}</strong>
        <span>{timeWords(simulation)}</span>
        {estimate.criticalPath.length > 0 && (
          <span className={styles['path']} title={estimate.criticalPath.join(' → ')}>
            critical path {pathWords(estimate.criticalPath)}
          </span>
        )}
      </p>
    </>
  );
}
