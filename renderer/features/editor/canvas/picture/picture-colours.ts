import { readToken } from '#renderer/theme/read-token.ts';

/** The theme's colours as a canvas takes them. */
export interface PictureColours {
  readonly edge: string;
  readonly card: string;
  readonly border: string;
  readonly text: string;
  readonly accent: string;
  readonly focus: string;
  readonly selected: string;
  readonly failed: string;
  readonly failedSoft: string;
  readonly warning: string;
  readonly flow: string;
  readonly ground: string;
  readonly font: string;
}

/** Read anew when the theme changes. */
export const readColours = (): PictureColours => ({
  edge: readToken('--border-strong'),
  card: readToken('--surface-float'),
  border: readToken('--text-faint'),
  text: readToken('--text'),
  accent: readToken('--accent-text'),
  focus: readToken('--focus'),
  selected: readToken('--accent-soft'),
  failed: readToken('--status-failed'),
  failedSoft: readToken('--status-failed-soft'),
  warning: readToken('--status-warning'),
  flow: readToken('--status-waiting'),
  ground: readToken('--surface-page'),
  font: readToken('--font-sans'),
});
