import { CircleAlert, CircleCheck, CircleDashed, CircleMinus, TriangleAlert } from 'lucide-react';
import { Spinner } from '#renderer/ui/spinner.tsx';
import { toneColour } from '#renderer/ui/tone.ts';
import type { HostTestEvent } from '#shared/api/host-schemas.ts';

const SIGNS = {
  open: { tone: 'neutral', Icon: CircleDashed },
  skipped: { tone: 'skipped', Icon: CircleMinus },
  passed: { tone: 'succeeded', Icon: CircleCheck },
  warning: { tone: 'warning', Icon: TriangleAlert },
  failed: { tone: 'failed', Icon: CircleAlert },
} as const;

export interface StateSignProps {
  /** `open`: nothing is known yet. */
  readonly status: HostTestEvent['status'] | 'open';
}

/** How a step or a whole test stands, by shape and colour; the words beside it say the same. */
export function StateSign({ status }: StateSignProps) {
  if (status === 'running') return <Spinner size={14} />;
  const { tone, Icon } = SIGNS[status];
  return <Icon size={14} style={{ color: toneColour(tone), flex: 'none' }} aria-hidden />;
}
