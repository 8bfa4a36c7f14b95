import { ChevronLeft } from 'lucide-react';
import { useMemo } from 'react';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { SeverityMark } from '#renderer/ui/severity-mark.tsx';
import { SidePanel, SidePanelBody, SidePanelHead } from '#renderer/ui/side-panel.tsx';
import type { SupplyChain } from '#shared/api/report-schemas.ts';
import type { Sbom } from '#shared/reports/sbom.ts';
import { labelOf, wayTo, type ComponentRow } from '../component-rows.ts';
import styles from './supply-chain.module.css';

interface ComponentPanelProps {
  readonly row: ComponentRow;
  readonly chain: SupplyChain;
  readonly onBack: () => void;
}

/** One component: what it is, who needs it, and what is known to be wrong with it. */
export function ComponentPanel({ row, chain, onBack }: ComponentPanelProps) {
  const { component, license, vulnerabilities } = row;
  const way = useMemo(() => firstWay(chain, component.ref), [chain, component.ref]);
  return (
    <SidePanel label={labelOf(component)}>
      <SidePanelHead
        leading={
          <IconButton label="Back to the statements" icon={<ChevronLeft size={14} />} onClick={onBack} />
        }
        title={labelOf(component)}
      >
        {component.purl !== null && <CopyButton text={component.purl} label="Copy the package URL" />}
      </SidePanelHead>
      <SidePanelBody>
        <Facts
          items={[
            { label: 'Licence', value: license === '' ? 'not known' : license },
            { label: 'Type', value: component.type },
            { label: 'Scope', value: component.scope === 'unknown' ? null : component.scope },
            { label: 'Package URL', value: component.purl === null ? null : <code>{component.purl}</code> },
          ]}
        />
        <Section title="Who needs it">
          {component.direct || way === null ? (
            <p className={styles['muted']}>
              {component.direct ? 'The project names it itself.' : 'The bill does not say.'}
            </p>
          ) : (
            <ol className={styles['way']}>
              {way.map((step) => (
                <li key={step.ref}>{step.label}</li>
              ))}
            </ol>
          )}
        </Section>
        {vulnerabilities.length > 0 && (
          <Section title="Known problems" count={vulnerabilities.length}>
            <ul className={styles['problems']}>
              {vulnerabilities.map((finding) => (
                <li key={finding.fingerprint}>
                  <SeverityMark severity={finding.severity} />
                  <span>
                    <strong>{finding.ruleId}</strong> {finding.message}
                  </span>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </SidePanelBody>
    </SidePanel>
  );
}

interface Step {
  readonly ref: string;
  readonly label: string;
}

function firstWay({ bills }: SupplyChain, ref: string): readonly Step[] | null {
  for (const { sbom } of bills) {
    const way = wayTo(sbom, ref);
    if (way !== null && way.length > 0) return way.map((step) => ({ ref: step, label: nameIn(sbom, step) }));
  }
  return null;
}

function nameIn({ components }: Sbom, ref: string): string {
  const found = components.find((component) => component.ref === ref);
  return found === undefined ? ref : labelOf(found);
}
