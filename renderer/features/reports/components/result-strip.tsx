import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { toneColour } from '#renderer/ui/tone.ts';
import { statusTone } from '#renderer/ui/status.ts';
import type { CaseResult } from '#shared/api/report-schemas.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { testIcon, testWords } from '../test-status.ts';
import styles from './result-strip.module.css';

const MOST_RESULTS = 40;
const BAR_HEIGHT = 20;
const LEAST_BAR = 2;

interface ResultStripProps {
  /** Newest first. */
  readonly results: readonly CaseResult[];
  /** The case, as the address of a run's tests names it. */
  readonly item: string;
  /** The run that is looked at. */
  readonly current?: RunId;
}

/** The last results of a case, the oldest at the left: how each ended and how long it took. Each leads to its run. */
export function ResultStrip({ results, item, current }: ResultStripProps) {
  const shown = results.slice(0, MOST_RESULTS).toReversed();
  const longest = Math.max(1, ...shown.map(({ durationMs }) => durationMs));
  return (
    <ol className={styles['strip']}>
      {shown.map(({ run, status, durationMs, flaky }) => {
        const words = `#${run.number}: ${testWords(status)}${flaky ? ', flaky' : ''}, ${formatDuration(durationMs)}`;
        const icon = testIcon(status);
        return (
          <li key={run.runId}>
            <RouteLink
              className={styles['result']}
              to={{ screen: 'run', runId: run.runId, tab: 'tests', item }}
              aria-label={words}
              aria-current={run.runId === current}
              title={words}
            >
              <span className={styles['bar']} style={{ height: BAR_HEIGHT }}>
                <span
                  style={{
                    height: Math.max(LEAST_BAR, (durationMs / longest) * BAR_HEIGHT),
                    background: toneColour(statusTone(icon)),
                  }}
                />
              </span>
              <StatusIcon status={icon} size={12} decorative />
            </RouteLink>
          </li>
        );
      })}
    </ol>
  );
}
