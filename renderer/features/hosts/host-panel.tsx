import { CircleStop, PlugZap, SquarePen, Trash2 } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { Section } from '#renderer/ui/section.tsx';
import type { SshHostInfo } from '#shared/api/host-schemas.ts';
import { Labels } from './labels.tsx';
import { TestSteps } from './test-steps.tsx';
import type { HostTests } from './use-host-tests.ts';
import styles from './hosts.module.css';

export interface HostPanelProps {
  readonly host: SshHostInfo;
  readonly tests: HostTests;
  readonly onEdit: (host: SshHostInfo) => void;
  readonly onRemove: (host: SshHostInfo) => void;
}

/** One host: what it offers, whether stages can run there, and how a pipeline names it. */
export function HostPanel({ host, tests, onEdit, onRemove }: HostPanelProps) {
  const { name, labels, slots, usedSlots } = host;
  const test = tests.of(name);
  return (
    <aside className={styles['panel']} aria-label={`Host ${name}`}>
      <header className={styles['head']}>
        <h2 className={styles['title']}>{name}</h2>
        <div className={styles['actions']}>
          {test?.isRunning === true ? (
            <Button size="small" icon={<CircleStop size={14} />} onClick={() => tests.cancel(name)}>
              Cancel the test
            </Button>
          ) : (
            <Button
              variant="primary"
              size="small"
              icon={<PlugZap size={14} />}
              onClick={() => tests.start(name)}
            >
              Test the connection
            </Button>
          )}
          <Button size="small" icon={<SquarePen size={14} />} onClick={() => onEdit(host)}>
            Change
          </Button>
          <IconButton
            size="small"
            label={`Remove ${name}`}
            icon={<Trash2 size={14} />}
            onClick={() => onRemove(host)}
          />
        </div>
      </header>
      <Section title="What it offers">
        <Facts
          items={[
            { label: 'Slots', value: `${usedSlots} of ${slots} used` },
            {
              label: 'Labels',
              value: labels.length === 0 ? null : <Labels labels={labels} />,
            },
          ]}
        />
      </Section>
      <Section title="Connection">
        {test === null ? (
          <LastTest host={host} />
        ) : (
          <TestSteps name={name} test={test} onAccepted={() => tests.start(name)} />
        )}
      </Section>
      <Section title="In a pipeline">
        <Usage text={`runs-on: { ssh: ${name} }`} words="This host:" />
        {labels.length > 0 && (
          <Usage
            text={`runs-on: { ssh: { labels: [${labels.join(', ')}] } }`}
            words="Any host with these labels:"
          />
        )}
      </Section>
    </aside>
  );
}

function LastTest({ host: { lastTest } }: { readonly host: SshHostInfo }) {
  if (lastTest === null)
    return (
      <p className={styles['muted']}>It was not tested yet: the test says what a stage would meet there.</p>
    );
  const { at, problem } = lastTest;
  return (
    <p className={styles['last']} data-selectable>
      {problem ?? 'Stages could run there.'}{' '}
      <span className={styles['muted']}>
        Tested <RelativeTime at={Date.parse(at)} />
      </span>
    </p>
  );
}

/** How a stage asks for it. */
function Usage({ words, text }: { readonly words: string; readonly text: string }) {
  return (
    <div className={styles['usage']}>
      <span className={styles['muted']}>{words}</span>
      <span className={styles['line']}>
        <code className={styles['code']} data-selectable>
          {text}
        </code>
        <CopyButton text={text} label={`Copy ${text}`} size="small" />
      </span>
    </div>
  );
}
