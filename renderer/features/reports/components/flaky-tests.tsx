import { useMemo, useState } from 'react';
import { Waves } from 'lucide-react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { DataTable } from '#renderer/ui/data-table.tsx';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import type { FlakyCase } from '#shared/api/report-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { caseItem, findEntry, type TestEntry } from '../test-entries.ts';
import { ResultStrip } from './result-strip.tsx';
import { TestCasePanel } from './test-case-panel.tsx';
import styles from './tests.module.css';

const keyOf = ({ key }: FlakyCase): string => caseItem(key);

const COLUMNS: readonly Column<FlakyCase>[] = [
  {
    id: 'name',
    header: 'Test',
    width: 'minmax(0, 1fr)',
    cell: ({ key }) => (
      <span className={styles['case']}>
        <span className={styles['words']} title={key.name}>
          {key.name}
        </span>
        <span className={styles['faint']}>{key.suite}</span>
      </span>
    ),
  },
  {
    id: 'failed',
    header: 'Last failed',
    width: '92px',
    cell: ({ lastFailed }) => (
      <span className={styles['time']}>{lastFailed === null ? '–' : `#${lastFailed.number}`}</span>
    ),
  },
  {
    id: 'flips',
    header: 'Changes',
    width: '84px',
    align: 'end',
    cell: ({ flips, results }) => (
      <span className={styles['time']}>
        {flips} in {results.length}
      </span>
    ),
  },
];

interface FlakyTestsProps {
  readonly runId: RunId;
  /** Those of this run. */
  readonly entries: readonly TestEntry[];
  readonly item: string | null;
  readonly onItem: (item: string) => void;
}

/** The tests of the pipeline that changed their mind in the last runs, the worst first. */
export function FlakyTests({ runId, entries, item, onItem }: FlakyTestsProps) {
  const { client } = useBridge();
  const remote = useRemote(['flaky-tests', runId], async (signal) => {
    const { projectId, pipelineFile } = await client.run.get({ runId }, { signal });
    return client.report.flakyTests({ projectId, pipelineFile }, { signal });
  });
  const [own, setOwn] = useState(item);
  const cases = remote.status === 'ready' ? remote.value : [];
  const chosen = cases.find((one) => keyOf(one) === own) ?? cases[0];
  const entry = useMemo(
    () => (chosen === undefined ? undefined : findEntry(entries, chosen.key)),
    [entries, chosen],
  );
  if (remote.status === 'loading') return <SkeletonRows count={12} />;
  if (remote.status === 'failed') return <FailureState failure={remote.failure} onRetry={remote.reload} />;
  if (chosen === undefined) {
    return (
      <EmptyState icon={<Waves size={20} />} title="No flaky tests">
        No test of this pipeline went from passed to failed or back in its last 50 runs.
      </EmptyState>
    );
  }
  return (
    <Panes id="tests">
      <Pane id="list" minSize={300}>
        <DataTable<FlakyCase>
          label="Flaky tests"
          main
          columns={COLUMNS}
          rows={cases}
          rowKey={keyOf}
          rowHeight={28}
          selectedKey={keyOf(chosen)}
          onSelect={(next) => {
            setOwn(keyOf(next));
            if (findEntry(entries, next.key) !== undefined) onItem(keyOf(next));
          }}
        />
      </Pane>
      <PaneHandle label="Resize the list of tests" />
      <Pane id="case" defaultSize="50%" minSize={280}>
        {entry === undefined ? (
          <aside className={styles['panel']} aria-label={chosen.key.name}>
            <header className={styles['panelHeader']}>
              <h2 className={styles['panelTitle']}>{chosen.key.name}</h2>
            </header>
            <p className={styles['panelFacts']}>This run does not have it.</p>
            <Section title="In the last runs">
              <ResultStrip results={chosen.results} item={keyOf(chosen)} />
            </Section>
          </aside>
        ) : (
          <TestCasePanel key={entry.key} runId={runId} entry={entry} />
        )}
      </Pane>
    </Panes>
  );
}
