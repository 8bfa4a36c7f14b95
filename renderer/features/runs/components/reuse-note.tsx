import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import type { StageId } from '#shared/lib/ids.ts';
import type { StageState } from '#shared/run/run-state.ts';
import { reuseWords } from '../stage-words.ts';
import styles from './stage-panel.module.css';

/** Which run the results of a stage come from, and why they hold. */
export function ReuseNote({
  from,
  stage,
}: {
  readonly from: NonNullable<StageState['reusedFrom']>;
  readonly stage: StageId;
}) {
  const { client } = useBridge();
  const { runId } = from;
  const source = useRemote(['run', runId, 'summary'], (signal) => client.run.get({ runId }, { signal }));
  const name = source.status === 'ready' ? `run #${source.value.number}` : 'an earlier run';
  return (
    <>
      {source.status === 'failed' ? (
        'an earlier run, removed since'
      ) : (
        <RouteLink className={styles['need']} to={{ screen: 'run', runId, stage }}>
          {name}
        </RouteLink>
      )}
      <span className={styles['because']}>{reuseWords(from)}</span>
    </>
  );
}
