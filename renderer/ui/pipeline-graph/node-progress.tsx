import { type Progress, progressShare, progressWords } from '#shared/run/progress.ts';
import type { StageState } from '#shared/run/run-state.ts';
import styles from './stage-node.module.css';

/** How far a stage is that runs and tells; null for any other. */
export function progressOfNode(state: StageState | undefined): Progress | null {
  return state?.status === 'running' ? (state.attempts.at(-1)?.progress ?? null) : null;
}

/** `42%`, with the figures on hover; nothing where the whole is not known. */
export function ProgressPercent({ progress }: { readonly progress: Progress }) {
  const share = progressShare(progress);
  if (share === null) return null;
  return (
    <span className={styles['percent']} title={progressWords(progress)}>
      · {Math.floor(share * 100)}%
    </span>
  );
}

/** A thin line along the foot of the node. The node's name says it to a screen reader. */
export function ProgressLine({ progress }: { readonly progress: Progress }) {
  const share = progressShare(progress);
  if (share === null) return null;
  return (
    <span className={styles['progress']} aria-hidden>
      <span style={{ transform: `scaleX(${share})` }} />
    </span>
  );
}
