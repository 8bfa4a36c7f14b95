import { CircleMinus, CirclePlus, PencilLine, Tag } from 'lucide-react';
import { toneColour, type Tone } from '../tone.ts';
import type { StageMark } from './stage-mark.ts';

const LOOKS: Readonly<Record<StageMark, { readonly icon: typeof CirclePlus; readonly tone: Tone }>> = {
  added: { icon: CirclePlus, tone: 'succeeded' },
  removed: { icon: CircleMinus, tone: 'failed' },
  renamed: { icon: Tag, tone: 'running' },
  changed: { icon: PencilLine, tone: 'warning' },
};

export const markTone = (mark: StageMark): Tone => LOOKS[mark].tone;

/** What became of a stage, by shape and colour; words stand beside it. */
export function MarkIcon({ mark, size = 16 }: { readonly mark: StageMark; readonly size?: number }) {
  const { icon: Icon, tone } = LOOKS[mark];
  return <Icon size={size} color={toneColour(tone)} aria-hidden />;
}
