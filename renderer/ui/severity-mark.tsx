import { CircleAlert, CircleDot, Info, OctagonAlert, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { Severity } from '#shared/reports/severity.ts';
import { toneColour, type Tone } from './tone.ts';

/** Each severity has a shape of its own; colour only repeats it. */
const MARKS: Readonly<Record<Severity, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  critical: { icon: OctagonAlert, tone: 'failed' },
  high: { icon: TriangleAlert, tone: 'failed' },
  medium: { icon: CircleAlert, tone: 'warning' },
  low: { icon: CircleDot, tone: 'neutral' },
  info: { icon: Info, tone: 'skipped' },
};

export const severityTone = (severity: Severity): Tone => MARKS[severity].tone;

/** How bad a finding is, as an icon with its word for those who do not see it. */
export function SeverityMark({
  severity,
  size = 14,
}: {
  readonly severity: Severity;
  readonly size?: number;
}) {
  const { icon: Icon, tone } = MARKS[severity];
  return (
    <Icon size={size} style={{ color: toneColour(tone), flex: 'none' }} role="img" aria-label={severity} />
  );
}
