import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Section } from '#renderer/ui/section.tsx';
import { Skeleton } from '#renderer/ui/skeleton.tsx';
import type { CaseKey } from '#shared/api/report-schemas.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { caseItem, isFailed } from '../test-entries.ts';
import { ResultStrip } from './result-strip.tsx';
import styles from './tests.module.css';

interface CaseHistoryProps {
  readonly runId: RunId;
  readonly caseKey: CaseKey;
}

/** What became of a case in the runs up to this one. */
export function CaseHistory({ runId, caseKey }: CaseHistoryProps) {
  const { client } = useBridge();
  const item = caseItem(caseKey);
  const remote = useRemote(['test-history', runId, item], (signal) =>
    client.report.testHistory({ runId, key: caseKey }, { signal }),
  );
  if (remote.status === 'failed') return null;
  if (remote.status === 'loading') {
    return (
      <Section title="In earlier runs">
        <Skeleton height={42} />
      </Section>
    );
  }
  const results = remote.value;
  if (results.length < 2) {
    return (
      <Section title="In earlier runs">
        <p className={styles['quiet']}>This is the first run that has it.</p>
      </Section>
    );
  }
  const failed = results.filter(isFailed).length;
  const ran = results.map(({ durationMs }) => durationMs).filter((ms) => ms > 0);
  const median = ran.toSorted((a, b) => a - b)[Math.floor(ran.length / 2)];
  return (
    <Section title="In earlier runs">
      <ResultStrip results={results} item={item} current={runId} />
      <p className={styles['quiet']}>
        Failed in {failed === 0 ? 'none' : failed} of {results.length} runs
        {median !== undefined && `, takes ${formatDuration(median)} as a rule`}.
      </p>
    </Section>
  );
}
