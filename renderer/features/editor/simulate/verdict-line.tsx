import { ForecastIcon } from '#renderer/ui/pipeline-graph/forecast-parts.tsx';
import { VERDICT_WORDS } from '#renderer/ui/pipeline-graph/stage-forecast.ts';
import type { SimulatedStage } from '#shared/api/simulation-schemas.ts';
import { verdictOf } from './forecasts-of.ts';
import styles from './simulate.module.css';

/** The verdict on a stage, by icon and word. */
export function VerdictLine({ stage }: { readonly stage: SimulatedStage }) {
  const verdict = verdictOf(stage);
  const words = VERDICT_WORDS[verdict];
  return (
    <span className={styles['verdict']}>
      <ForecastIcon verdict={verdict} />
      {words.charAt(0).toUpperCase() + words.slice(1)}
    </span>
  );
}
