import { CodeBlock } from '#renderer/ui/code-text.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { Fold, Section } from '#renderer/ui/section.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { formatDuration } from '#shared/lib/durations.ts';
import { stageIdOf, type RunId } from '#shared/lib/ids.ts';
import { isFailed, type TestEntry } from '../test-rows.ts';
import { testIcon, testWords } from '../test-status.ts';
import styles from './tests.module.css';

/** One case: where it is, how it ended, and what it said. */
export function TestCasePanel({ runId, entry }: { readonly runId: RunId; readonly entry: TestEntry }) {
  const { stage, suite, test } = entry;
  const place = test.file === null ? null : test.line === null ? test.file : `${test.file}:${test.line}`;
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
            { label: 'Result', value: testWords(test.status) },
            { label: 'Time', value: test.durationMs === 0 ? null : formatDuration(test.durationMs) },
            { label: 'Suite', value: suite },
            { label: 'Class', value: test.classname === suite ? null : test.classname },
            { label: 'File', value: place },
            {
              label: 'Stage',
              value: (
                <RouteLink
                  className={styles['link']}
                  to={{ screen: 'run', runId, tab: 'graph', stage: stageIdOf(stage) }}
                >
                  {stage}
                </RouteLink>
              ),
            },
          ]}
        />
      </div>
      {test.message !== null && (
        <Section title={isFailed(test) ? 'What went wrong' : 'Message'}>
          <CodeBlock wrap>{test.message}</CodeBlock>
        </Section>
      )}
      {test.details !== null && test.details !== test.message && (
        <Section title="Details">
          <CodeBlock>{test.details}</CodeBlock>
        </Section>
      )}
      {test.stdout !== null && (
        <Fold title="Standard output" defaultOpen={isFailed(test)}>
          <CodeBlock>{test.stdout}</CodeBlock>
        </Fold>
      )}
      {test.stderr !== null && (
        <Fold title="Standard error" defaultOpen={isFailed(test)}>
          <CodeBlock>{test.stderr}</CodeBlock>
        </Fold>
      )}
    </aside>
  );
}
