import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, parseOklch, type Oklch } from './oklch.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const PAIR = /^\s*(--[\w-]+): light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\);$/gm;
const tokens = new Map([...css.matchAll(PAIR)].map((match) => [match[1]!, [match[2]!, match[3]!] as const]));

function colour(name: string, theme: 'light' | 'dark'): Oklch {
  const pair = tokens.get(name);
  if (pair === undefined) throw new Error(`tokens.css has no colour ${name}`);
  const parsed = parseOklch(pair[theme === 'light' ? 0 : 1]);
  if (parsed?.alpha !== 1) throw new Error(`${name} is not an opaque oklch() colour`);
  return parsed;
}

const SURFACES = ['--surface-frame', '--surface-page', '--surface-float'];
const STATUSES = ['running', 'succeeded', 'failed', 'warning', 'waiting', 'skipped', 'neutral'];
const onSurfaces = ['--text', '--text-muted', '--text-faint', '--accent-text'].concat(
  STATUSES.map((status) => `--status-${status}`),
);
const pairs: [string, string][] = [
  ...onSurfaces.flatMap((text) => SURFACES.map((surface): [string, string] => [text, surface])),
  ...STATUSES.map((status): [string, string] => [`--status-${status}`, `--status-${status}-soft`]),
  ...STATUSES.map((status): [string, string] => ['--text', `--status-${status}-soft`]),
  ...['--accent', '--accent-hover', '--danger', '--danger-hover'].map((fill): [string, string] => [
    '--on-accent',
    fill,
  ]),
  ['--accent-text', '--accent-soft'],
];

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each(pairs)('%s reads on %s with 4.5:1 or more', (text, ground) => {
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(SURFACES)('the focus ring stands out from %s with 3:1 or more', (surface) => {
    expect(contrast(colour('--focus', theme), colour(surface, theme))).toBeGreaterThanOrEqual(3);
  });
});

describe('contrast', () => {
  it('is 21 between black and white and 1 between equals', () => {
    const white = parseOklch('oklch(1 0 0)')!;
    expect(contrast(white, parseOklch('oklch(0 0 0)')!)).toBeCloseTo(21, 1);
    expect(contrast(white, white)).toBe(1);
  });

  it('knows a grey by its sRGB value', () => {
    // oklch(0.5999 0 0) is #808080, whose contrast with white is 3.95.
    expect(contrast(parseOklch('oklch(1 0 0)')!, parseOklch('oklch(0.5999 0 0)')!)).toBeCloseTo(3.95, 1);
  });
});
