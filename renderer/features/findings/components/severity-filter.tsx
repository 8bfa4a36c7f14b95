import { useMemo } from 'react';
import { MarkChips } from '#renderer/ui/filter-chips.tsx';
import { SeverityMark } from '#renderer/ui/severity-mark.tsx';
import { SEVERITIES, type Severity } from '#shared/reports/severity.ts';
import type { ListedFinding } from '../list-findings.ts';

interface SeverityFilterProps {
  readonly listed: readonly ListedFinding[];
  readonly value: ReadonlySet<Severity>;
  readonly onChange: (severities: ReadonlySet<Severity>) => void;
}

/** Which severities to show; none chosen is all. Those that nothing has are left out. */
export function SeverityFilter({ listed, value, onChange }: SeverityFilterProps) {
  const options = useMemo(() => {
    const present = new Set(listed.map(({ finding }) => finding.severity));
    return SEVERITIES.filter((severity) => present.has(severity)).map((severity) => ({
      value: severity,
      mark: <SeverityMark severity={severity} />,
    }));
  }, [listed]);
  return <MarkChips label="Severity" options={options} value={value} onValueChange={onChange} />;
}
