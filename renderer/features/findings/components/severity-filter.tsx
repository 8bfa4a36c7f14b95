import { ToggleGroup } from 'radix-ui';
import { useMemo } from 'react';
import { SeverityMark } from '#renderer/ui/severity-mark.tsx';
import { SEVERITIES, type Severity } from '#shared/reports/severity.ts';
import type { ListedFinding } from '../list-findings.ts';
import styles from './findings.module.css';

interface SeverityFilterProps {
  readonly listed: readonly ListedFinding[];
  readonly value: ReadonlySet<Severity>;
  readonly onChange: (severities: ReadonlySet<Severity>) => void;
}

/** Which severities to show; none chosen is all. Those that nothing has are left out. */
export function SeverityFilter({ listed, value, onChange }: SeverityFilterProps) {
  const present = useMemo(() => new Set(listed.map(({ finding }) => finding.severity)), [listed]);
  return (
    <ToggleGroup.Root
      type="multiple"
      aria-label="Severity"
      className={styles['severities']}
      value={[...value]}
      onValueChange={(next) => onChange(new Set(SEVERITIES.filter((severity) => next.includes(severity))))}
    >
      {SEVERITIES.filter((severity) => present.has(severity)).map((severity) => (
        <ToggleGroup.Item key={severity} value={severity} className={styles['severity']} title={severity}>
          <SeverityMark severity={severity} />
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
