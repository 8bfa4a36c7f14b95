import { HardDriveDownload, Package } from 'lucide-react';
import { Badge } from '#renderer/ui/badge.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { IssueList } from '#renderer/ui/issue-list.tsx';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { Section } from '#renderer/ui/section.tsx';
import type { RunId } from '#shared/lib/ids.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { StageState } from '#shared/run/run-state.ts';
import { cacheWords } from '../stage-words.ts';
import { StageReport } from './stage-report.tsx';
import styles from './stage-panel.module.css';

/** What came out of a stage: problems, reports, artifacts, outputs; parts that are empty are left out. */
export function StageResults({ stage, runId }: { readonly stage: StageState; readonly runId: RunId }) {
  const outputs = Object.entries(stage.outputs);
  return (
    <>
      {stage.issues.length > 0 && (
        <Section title="Problems" count={stage.issues.length}>
          <IssueList issues={stage.issues} />
        </Section>
      )}
      {stage.caches.length > 0 && (
        <Section title="Caches" count={stage.caches.length}>
          <ul>
            {stage.caches.map((cache) => (
              <li key={cache.key} className={styles['cache']}>
                <HardDriveDownload size={14} className={styles['faint']} />
                <code className={styles['output']} title={cache.key}>
                  {cache.key}
                </code>
                <Badge tone={cache.matchedKey === null ? 'neutral' : 'succeeded'}>
                  {cache.matchedKey === null ? 'missed' : `hit ${formatSize(cache.sizeBytes)}`}
                </Badge>
                <span className={styles['because']}>{cacheWords(cache)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {stage.reports.length > 0 && (
        <Section title="Reports">
          <ul>
            {stage.reports.map((report, index) => (
              <StageReport key={index} report={report} runId={runId} />
            ))}
          </ul>
        </Section>
      )}
      {stage.artifacts.length > 0 && (
        <Section title="Artifacts" count={stage.artifacts.length}>
          <ul>
            {stage.artifacts.map(({ name, sizeBytes, fileCount }) => (
              <li key={name} className={styles['result']}>
                <Package size={14} className={styles['faint']} />
                <RouteLink className={styles['link']} to={{ screen: 'run', runId, tab: 'artifacts' }}>
                  {name}
                </RouteLink>
                <span className={styles['time']}>
                  {fileCount} {fileCount === 1 ? 'file' : 'files'}, {formatSize(sizeBytes)}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {outputs.length > 0 && (
        <Section title="Outputs" count={outputs.length}>
          <ul>
            {outputs.map(([name, value]) => (
              <li key={name} className={styles['result']}>
                <span className={styles['faint']}>{name}</span>
                <code className={styles['output']} title={value}>
                  {value}
                </code>
                <CopyButton text={value} label={`Copy ${name}`} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
