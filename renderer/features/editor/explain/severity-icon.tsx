import { CircleAlert, CircleDashed, Lightbulb, TriangleAlert } from 'lucide-react';
import { toneColour, type Tone } from '#renderer/ui/tone.ts';
import type { ProblemSeverity } from './problems.ts';

interface SeverityLook {
  readonly tone: Tone;
  readonly icon: typeof CircleAlert;
  readonly one: string;
  readonly many: string;
}

export const SEVERITY_LOOKS: Readonly<Record<ProblemSeverity, SeverityLook>> = {
  error: { tone: 'failed', icon: CircleAlert, one: 'Error', many: 'Errors' },
  warning: { tone: 'warning', icon: TriangleAlert, one: 'Warning', many: 'Warnings' },
  hint: { tone: 'accent', icon: Lightbulb, one: 'Hint', many: 'Hints' },
  unsupported: { tone: 'skipped', icon: CircleDashed, one: 'Not supported yet', many: 'Not supported yet' },
};

/** `1 error`, `3 hints`. */
export function countWords(severity: ProblemSeverity, count: number): string {
  const { one, many } = SEVERITY_LOOKS[severity];
  return `${count} ${(count === 1 ? one : many).toLowerCase()}`;
}

export interface SeverityIconProps {
  readonly severity: ProblemSeverity;
  /** Words stand beside it. */
  readonly decorative?: boolean;
}

export function SeverityIcon({ severity, decorative = false }: SeverityIconProps) {
  const { tone, icon: Icon, one } = SEVERITY_LOOKS[severity];
  return (
    <Icon
      size={14}
      color={toneColour(tone)}
      {...(decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': one })}
    />
  );
}
