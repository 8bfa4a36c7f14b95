import Anser from 'anser';

/** Text of one style. */
export interface AnsiSegment {
  readonly text: string;
  /** Where it begins in the line as stored, escape sequences included; UTF-16 code units from 0. */
  readonly start: number;
  readonly style: AnsiStyle;
}

/** Colours are CSS; null is the log's own. */
export interface AnsiStyle {
  readonly colour: string | null;
  readonly ground: string | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strike: boolean;
}

export const PLAIN: AnsiStyle = {
  colour: null,
  ground: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
};

/** CSI sequences, OSC sequences (titles, links) up to their end, other escapes, and control characters but tab and CR. */
const CONTROL =
  /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[PX^_][^\x1b]*(?:\x1b\\)?|\x1b[ -/]*[0-~]?|[\x00-\x08\x0a-\x0c\x0e-\x1f\x7f]|\r/g;

type Chunk = Pick<Anser.AnserJsonEntry, 'fg' | 'bg' | 'fg_truecolor' | 'bg_truecolor' | 'decorations'>;

function cssColour(name: string, truecolor: string): string | null {
  if (!name) return null;
  if (name === 'ansi-truecolor') return `rgb(${truecolor})`;
  const palette = /^ansi-palette-(\d+)$/.exec(name);
  return palette === null ? `var(--${name})` : paletteColour(Number(palette[1]));
}

/** The 240 colours of xterm after the first sixteen: a cube of 6 x 6 x 6, then 24 greys. */
function paletteColour(index: number): string {
  if (index >= 232) return `rgb(${[0, 0, 0].map(() => (index - 232) * 10 + 8).join(', ')})`;
  const level = (value: number): number => (value === 0 ? 0 : value * 40 + 55);
  const cube = index - 16;
  const [red, green, blue] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6];
  return `rgb(${level(red)}, ${level(green)}, ${level(blue)})`;
}

function toStyle(chunk: Chunk): AnsiStyle {
  const has = (name: Anser.DecorationName): boolean => chunk.decorations.includes(name);
  const colour = cssColour(chunk.fg, chunk.fg_truecolor);
  const ground = cssColour(chunk.bg, chunk.bg_truecolor);
  return {
    colour: has('reverse') ? (ground ?? 'var(--surface-page)') : colour,
    ground: has('reverse') ? (colour ?? 'var(--text)') : ground,
    bold: has('bold'),
    dim: has('dim'),
    italic: has('italic'),
    underline: has('underline'),
    strike: has('strikethrough'),
  };
}

/**
 * A line as a terminal would show it: colours and emphasis as styles, other escape sequences left out, and of a progress
 * line that was written over (`\r`) what came last. Styles do not carry over to the next line.
 */
export function parseAnsiLine(raw: string): readonly AnsiSegment[] {
  if (raw.search(CONTROL) === -1) return raw === '' ? [] : [{ text: raw, start: 0, style: PLAIN }];
  const anser = new Anser();
  let segments: AnsiSegment[] = [];
  let style = PLAIN;
  let isOverwritten = false;
  let from = 0;
  const addText = (to: number): void => {
    if (to <= from) return;
    if (isOverwritten) segments = [];
    isOverwritten = false;
    segments.push({ text: raw.slice(from, to), start: from, style });
  };
  for (const match of raw.matchAll(CONTROL)) {
    addText(match.index);
    from = match.index + match[0].length;
    if (match[0] === '\r') isOverwritten = true;
    else if (match[0].startsWith('\x1b[') && match[0].endsWith('m')) {
      // A mark behind it, since Anser leaves a chunk without text aside.
      const chunk = anser.processChunkJson(`${match[0].slice(2)}.`, { json: true, use_classes: true }, true);
      style = toStyle(chunk);
    }
  }
  addText(raw.length);
  return segments;
}

/** A line without its escape sequences, as it is copied. */
export const plainText = (raw: string): string =>
  parseAnsiLine(raw)
    .map(({ text }) => text)
    .join('');
