/** The meaning of a coloured thing; each has a text colour and a soft ground in the tokens. */
export type Tone =
  'neutral' | 'accent' | 'running' | 'succeeded' | 'failed' | 'warning' | 'waiting' | 'skipped';

/** The tone's text colour, as CSS. */
export const toneColour = (tone: Tone): string =>
  tone === 'accent' ? 'var(--accent-text)' : `var(--status-${tone})`;

/** The tone's soft ground, as CSS. */
export const toneGround = (tone: Tone): string =>
  tone === 'accent' ? 'var(--accent-soft)' : `var(--status-${tone}-soft)`;
