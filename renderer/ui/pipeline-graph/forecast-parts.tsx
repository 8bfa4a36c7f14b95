import { CirclePlay, CircleQuestionMark } from 'lucide-react';
import { formatDuration } from '#shared/lib/durations.ts';
import { StatusIcon } from '../status-icon.tsx';
import { type StageForecast, VERDICT_WORDS } from './stage-forecast.ts';
import styles from './stage-node.module.css';

/** The verdict of a simulation by shape and colour; words stand beside it. */
export function ForecastIcon({ verdict }: Pick<StageForecast, 'verdict'>) {
  switch (verdict) {
    case 'runs':
      return <CirclePlay size={16} className={styles['runs']} aria-hidden />;
    case 'unknown':
      return <CircleQuestionMark size={16} className={styles['unknown']} aria-hidden />;
    case 'pauses':
      return <StatusIcon status="waiting-approval" decorative />;
    case 'fails':
      return <StatusIcon status="infra-error" decorative />;
    case 'skipped':
      return <StatusIcon status="skipped" decorative />;
  }
}

/** How long it would take, or why there is nothing to say of that; of a group, which has less room, its stages. */
export function ForecastWords(forecast: StageForecast) {
  const { verdict, expectedMs, legs, criticalAt } = forecast;
  if (legs !== null) return <span title={forecastLabel(forecast)}>{legs}</span>;
  const isTimed = expectedMs !== null && (verdict === 'runs' || verdict === 'unknown');
  return (
    <>
      <span>{isTimed ? formatDuration(expectedMs) : VERDICT_WORDS[verdict]}</span>
      {isTimed && verdict === 'unknown' && <span>· perhaps</span>}
      {criticalAt !== null && <span className={styles['critical']}>· critical</span>}
    </>
  );
}

/** What a screen reader says of a node in a simulation, after its name. */
export function forecastLabel({ verdict, expectedMs, legs, criticalAt }: StageForecast): string {
  return [
    VERDICT_WORDS[verdict],
    legs,
    expectedMs === null ? null : `about ${formatDuration(expectedMs)}`,
    criticalAt === null ? null : 'on the critical path',
  ]
    .filter((part) => part !== null)
    .join(', ');
}
