import { Pause, Play, SquareArrowOutUpRight } from 'lucide-react';
import { useRemote, useBridge } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Callout } from '#renderer/ui/callout.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import type { Trigger } from '#shared/api/trigger-schemas.ts';
import { FiringList } from './firing-list.tsx';
import { NextTime } from './next-time.tsx';
import { TriggerType } from './trigger-type.tsx';
import { folderName, triggerWords } from './trigger-words.ts';
import type { TriggerActions } from './use-trigger-actions.ts';
import { FIRINGS } from './use-triggers.ts';
import styles from './triggers.module.css';

/** Firings that are shown of one trigger; the history has all. */
const SHOWN = 50;

export interface TriggerPanelProps {
  readonly trigger: Trigger;
  readonly actions: TriggerActions;
}

/** One trigger: what it waits for, what became of it, and what a person can do about it. */
export function TriggerPanel({ trigger, actions }: TriggerPanelProps) {
  const { projectId, projectDir, file, type, name, summary, paused, fault, nextAt, askedAt, url } = trigger;
  const pipeline = { screen: 'pipeline', projectId, file } as const;
  return (
    <aside className={styles['panel']} aria-label={`${triggerWords(type)} of ${name}`}>
      <header className={styles['head']}>
        <h2 className={styles['title']}>
          <RouteLink className={styles['link']} to={pipeline}>
            {name}
          </RouteLink>
        </h2>
        <TriggerType type={type} />
        <div className={styles['buttons']}>
          <Button
            variant="primary"
            size="small"
            icon={<Play size={14} />}
            busy={actions.isStarting}
            onClick={() => actions.run(trigger)}
          >
            Run now
          </Button>
          <Button
            size="small"
            icon={paused ? <Play size={14} /> : <Pause size={14} />}
            onClick={() => actions.setPaused(trigger, !paused)}
          >
            {paused ? 'Resume' : 'Pause'}
          </Button>
        </div>
      </header>
      {fault !== null && (
        <div className={styles['callout']}>
          <Callout kind="warning" title={fault}>
            <RouteLink className={styles['open']} to={pipeline}>
              <SquareArrowOutUpRight size={14} />
              Open the pipeline
            </RouteLink>
          </Callout>
        </div>
      )}
      <Section title="What it waits for">
        <Facts
          items={[
            { label: 'When', value: <code className={styles['wrapped']}>{summary}</code> },
            {
              label: 'Next',
              value: paused ? 'paused: what comes meanwhile is left out' : nextAt && <NextTime at={nextAt} />,
            },
            { label: 'Last asked', value: timeOf(askedAt) },
            { label: 'Address', value: url === null ? null : <Address url={url} /> },
            { label: 'File', value: <span title={projectDir}>{`${folderName(projectDir)}/${file}`}</span> },
          ]}
        />
      </Section>
      <History trigger={trigger} />
    </aside>
  );
}

const timeOf = (at: string | null) => (at === null ? null : <RelativeTime at={Date.parse(at)} />);

function Address({ url }: { readonly url: string }) {
  return (
    <span className={styles['what']}>
      <code className={styles['wrapped']}>{url}</code>
      <CopyButton text={url} label="Copy the address" size="small" />
    </span>
  );
}

function History({ trigger: { projectId, file, type } }: { readonly trigger: Trigger }) {
  const { client } = useBridge();
  const firings = useRemote([FIRINGS, projectId, file, type], (signal) =>
    client.trigger.history({ projectId, file, type, limit: SHOWN }, { signal }),
  );
  return (
    <Section title="History">
      {firings.status === 'loading' && <SkeletonRows count={3} />}
      {firings.status === 'failed' && <FailureState failure={firings.failure} onRetry={firings.reload} />}
      {firings.status === 'ready' && <FiringList firings={firings.value} />}
    </Section>
  );
}
