import { useMemo } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { CodeBlock } from '#renderer/ui/code-text.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { TextLink } from '#renderer/ui/navigation/text-link.tsx';
import { Fold, Section } from '#renderer/ui/section.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { formatDuration } from '#shared/lib/durations.ts';
import { stageIdOf, type RunId } from '#shared/lib/ids.ts';
import type { TestCase } from '#shared/reports/test-report.ts';
import { failureDiff } from '../failure-diff.ts';
import { caseItem, caseKeyOf, isFailed, type TestEntry } from '../test-entries.ts';
import { testIcon, testWords } from '../test-status.ts';
import { CaseHistory } from './case-history.tsx';
import { DiffLines } from './diff-lines.tsx';
import styles from './tests.module.css';

interface TestCasePanelProps {
  readonly runId: RunId;
  readonly entry: TestEntry;
}

/** One case: where it is, how it ended and what it said, and what became of it in the runs before. */
export function TestCasePanel({ runId, entry }: TestCasePanelProps) {
  const { stage, suite, test, place } = entry;
  const key = caseKeyOf(entry);
  const where = test.file === null ? null : test.line === null ? test.file : `${test.file}:${test.line}`;
  return (
    <aside className={styles['panel']} aria-label={test.name}>
      <header className={styles['panelHeader']}>
        <StatusIcon status={testIcon(test.status)} decorative />
        <h2 className={styles['panelTitle']} data-selectable>
          {test.name}
        </h2>
      </header>
      <div className={styles['panelFacts']}>
        <Facts
          items={[
            { label: 'Result', value: <Result entry={entry} item={caseItem(key)} /> },
            { label: 'Time', value: test.durationMs === 0 ? null : formatDuration(test.durationMs) },
            { label: 'Suite', value: suite },
            { label: 'Class', value: test.classname === suite ? null : test.classname },
            { label: 'File', value: where },
            {
              label: 'Stage',
              value: (
                <TextLink to={{ screen: 'run', runId, tab: 'graph', stage: stageIdOf(stage) }}>
                  {stage}
                </TextLink>
              ),
            },
          ]}
        />
      </div>
      <CaseWords runId={runId} stage={stage} place={place} />
      <CaseHistory runId={runId} caseKey={key} />
    </aside>
  );
}

function Result({ entry: { test }, item }: { readonly entry: TestEntry; readonly item: string }) {
  const since = test.failingSince;
  return (
    <span className={styles['result']}>
      {testWords(test.status)}
      {test.flaky && <Badge tone="warning">flaky in this run</Badge>}
      {isFailed(test) &&
        (since === undefined ? (
          <Badge tone="failed">new failure</Badge>
        ) : (
          <TextLink to={{ screen: 'run', runId: since.runId, tab: 'tests', item }}>
            failing since #{since.number}
          </TextLink>
        ))}
    </span>
  );
}

interface CaseWordsProps {
  readonly runId: RunId;
  readonly stage: string;
  readonly place: TestEntry['place'];
}

/** What is too long for the list is asked for when the case is shown. */
function CaseWords({ runId, stage, place }: CaseWordsProps) {
  const { client } = useBridge();
  const remote = useRemote(['test-case', runId, stage, place.suite, place.case], (signal) =>
    client.report.testCase({ runId, stage, ...place }, { signal }),
  );
  if (remote.status === 'loading') return <SkeletonRows count={3} />;
  if (remote.status === 'failed') return <FailureState failure={remote.failure} onRetry={remote.reload} />;
  return <Words test={remote.value} />;
}

function Words({ test }: { readonly test: TestCase }) {
  const { message, details, stdout, stderr } = test;
  const hasFailed = isFailed(test);
  const diff = useMemo(
    () => (hasFailed ? (failureDiff(details ?? '') ?? failureDiff(message ?? '')) : null),
    [hasFailed, details, message],
  );
  return (
    <>
      {message !== null && (
        <Section title={hasFailed ? 'What went wrong' : 'Message'}>
          <CodeBlock wrap>{message}</CodeBlock>
        </Section>
      )}
      {diff !== null && (
        <Section title="Expected and actual">
          <DiffLines lines={diff} />
        </Section>
      )}
      {details !== null && details !== message && (
        <Fold title="Details" defaultOpen={diff === null}>
          <CodeBlock>{details}</CodeBlock>
        </Fold>
      )}
      {stdout !== null && (
        <Fold title="Standard output" defaultOpen={hasFailed}>
          <CodeBlock>{stdout}</CodeBlock>
        </Fold>
      )}
      {stderr !== null && (
        <Fold title="Standard error" defaultOpen={hasFailed}>
          <CodeBlock>{stderr}</CodeBlock>
        </Fold>
      )}
    </>
  );
}
