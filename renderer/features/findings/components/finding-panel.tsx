import { EyeOff, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Markdown } from '#renderer/ui/markdown/markdown.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { SeverityMark, severityTone } from '#renderer/ui/severity-mark.tsx';
import { TextLink } from '#renderer/ui/navigation/text-link.tsx';
import { SidePanel, SidePanelBody, SidePanelHead } from '#renderer/ui/side-panel.tsx';
import { stageIdOf, type RunId } from '#shared/lib/ids.ts';
import { stopIgnoring } from '../finding-actions.ts';
import type { ListedFinding } from '../list-findings.ts';
import { FindingExcerpt } from './finding-excerpt.tsx';
import { IgnoreDialog } from './ignore-dialog.tsx';
import { useProjectOfRun } from '../use-project-of-run.ts';
import styles from './findings.module.css';

interface FindingPanelProps {
  readonly runId: RunId;
  readonly listed: ListedFinding;
  /** There is a run to compare with, so that `known` says something. */
  readonly isFirst: boolean;
  readonly onChanged: () => void;
}

/** One finding: what it says, where, what the rule is about, and whether it counts. */
export function FindingPanel({ runId, listed, isFirst, onChanged }: FindingPanelProps) {
  const { finding, rule, state, ignored, stage } = listed;
  const bridge = useBridge();
  const projectId = useProjectOfRun(runId);
  const [isIgnoring, setIgnoring] = useState(false);
  const place =
    finding.file === null ? null : `${finding.file}${finding.line === null ? '' : `:${finding.line}`}`;
  return (
    <SidePanel label={finding.message}>
      <SidePanelHead
        leading={<SeverityMark severity={finding.severity} size={16} />}
        title={finding.ruleId}
        actions={
          projectId === null ? undefined : ignored !== null ? (
            <Button
              size="small"
              icon={<Undo2 size={14} />}
              onClick={() => void stopIgnoring(bridge, projectId, ignored).then(onChanged)}
            >
              Count it again
            </Button>
          ) : state === 'new' || state === 'known' ? (
            <Button size="small" icon={<EyeOff size={14} />} onClick={() => setIgnoring(true)}>
              Ignore
            </Button>
          ) : undefined
        }
      >
        <Badge tone={severityTone(finding.severity)}>{finding.severity}</Badge>
        {state === 'new' && <Badge tone="warning">new</Badge>}
        {state === 'fixed' && <Badge tone="succeeded">fixed</Badge>}
        {state === 'ignored' && <Badge>ignored</Badge>}
      </SidePanelHead>
      <SidePanelBody>
        <p className={styles['words']} data-selectable>
          {finding.message}
        </p>
        {ignored !== null && (
          <p className={styles['ignored']}>
            Ignored by {ignored.by} <RelativeTime at={Date.parse(ignored.at)} />
            {ignored.until === null ? ', for good' : ', until '}
            {ignored.until !== null && <RelativeTime at={Date.parse(ignored.until)} />}: {ignored.reason}
          </p>
        )}
        <Facts
          items={[
            {
              label: 'Where',
              value:
                place === null ? null : (
                  <span className={styles['where']}>
                    <code>{place}</code>
                    <CopyButton text={place} label="Copy the place" />
                  </span>
                ),
            },
            { label: 'Package', value: finding.package === null ? null : <code>{finding.package}</code> },
            { label: 'Tool', value: finding.tool },
            {
              label: 'Stage',
              value:
                stage === null ? null : (
                  <TextLink to={{ screen: 'run', runId, tab: 'graph', stage: stageIdOf(stage) }}>
                    {stage}
                  </TextLink>
                ),
            },
            { label: 'State', value: isFirst && state === 'known' ? 'It was there before' : null },
          ]}
        />
        {finding.file !== null && state !== 'fixed' && (
          <FindingExcerpt runId={runId} finding={finding} file={finding.file} />
        )}
        {rule !== null && (rule.help !== null || rule.helpUri !== null || rule.title !== null) && (
          <Section title={rule.title ?? `About ${rule.id}`}>
            {rule.help !== null && <Markdown>{rule.help}</Markdown>}
            {rule.helpUri !== null && (
              <p className={styles['uri']}>
                <code data-selectable>{rule.helpUri}</code>
                <CopyButton text={rule.helpUri} label="Copy the address" />
              </p>
            )}
          </Section>
        )}
      </SidePanelBody>
      {isIgnoring && projectId !== null && (
        <IgnoreDialog
          projectId={projectId}
          finding={finding}
          onClose={() => setIgnoring(false)}
          onChanged={onChanged}
        />
      )}
    </SidePanel>
  );
}
