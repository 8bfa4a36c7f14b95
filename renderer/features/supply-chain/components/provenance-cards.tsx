import { BadgeCheck, FileQuestion, ShieldAlert } from 'lucide-react';
import { Badge } from '#renderer/ui/badge.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { TextLink } from '#renderer/ui/navigation/text-link.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { SidePanel, SidePanelBody } from '#renderer/ui/side-panel.tsx';
import type { SupplyChain } from '#shared/api/report-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { Provenance } from '#shared/reports/provenance.ts';
import styles from './supply-chain.module.css';

const SHOWN_DIGITS = 16;

/** Who made what of what, and whether the signature holds. */
export function ProvenanceCards({ runId, chain }: { readonly runId: RunId; readonly chain: SupplyChain }) {
  if (chain.provenance.length === 0) {
    return (
      <EmptyState icon={<FileQuestion size={20} />} title="No statement of origin">
        The kind <code>release.metadata</code> signs one: what was built, from which commit, by whom. Choose a
        component to see who needs it.
      </EmptyState>
    );
  }
  return (
    <SidePanel label="Statements of origin">
      <SidePanelBody>
        {chain.provenance.map(({ stage, provenance }) => (
          <Card
            key={`${stage} ${provenance.subjects[0]?.sha256 ?? ''}`}
            stage={stage}
            statement={provenance}
          />
        ))}
        <p className={styles['muted']}>
          The files themselves are among the{' '}
          <TextLink inline to={{ screen: 'run', runId, tab: 'artifacts' }}>
            artifacts
          </TextLink>
          .
        </p>
      </SidePanelBody>
    </SidePanel>
  );
}

function Card({ stage, statement }: { readonly stage: string; readonly statement: Provenance }) {
  const { subjects, materials, builder, startedAt, finishedAt, keyId, verified, predicateType } = statement;
  return (
    <article className={styles['card']}>
      <header className={styles['cardHead']}>
        <h3>{stage}</h3>
        {keyId === null ? (
          <Badge tone="warning" icon={<ShieldAlert size={12} />}>
            not signed
          </Badge>
        ) : (
          <Badge tone={verified ? 'succeeded' : 'warning'} icon={<BadgeCheck size={12} />}>
            {verified ? 'signature verified' : 'signed, not verified'}
          </Badge>
        )}
      </header>
      <Facts
        items={[
          { label: 'Statement', value: predicateType },
          { label: 'Built by', value: builder },
          {
            label: 'Started',
            value: startedAt === null ? null : <RelativeTime at={Date.parse(startedAt)} />,
          },
          {
            label: 'Finished',
            value: finishedAt === null ? null : <RelativeTime at={Date.parse(finishedAt)} />,
          },
          { label: 'Key', value: keyId === null ? null : <Digest text={keyId} /> },
        ]}
      />
      <Section title="What was made" count={subjects.length}>
        <ul className={styles['digests']}>
          {subjects.map(({ name, sha256 }) => (
            <li key={`${name} ${sha256}`}>
              <span className={styles['words']}>{name}</span>
              <Digest text={sha256} />
            </li>
          ))}
        </ul>
      </Section>
      {materials.length > 0 && (
        <Section title="Made of" count={materials.length}>
          <ul className={styles['digests']}>
            {materials.map(({ uri, digest }) => (
              <li key={uri}>
                <span className={styles['words']} title={uri}>
                  {uri}
                </span>
                {digest !== null && <Digest text={digest} />}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </article>
  );
}

function Digest({ text }: { readonly text: string }) {
  return (
    <span className={styles['digest']} title={text}>
      <code>{text.length > SHOWN_DIGITS ? `${text.slice(0, SHOWN_DIGITS)}…` : text}</code>
      <CopyButton text={text} label="Copy the digest" />
    </span>
  );
}
