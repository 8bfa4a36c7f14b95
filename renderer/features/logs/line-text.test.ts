import { describe, expect, it } from 'vitest';
import type { LogLine } from '#shared/api/schemas.ts';
import { lineText } from './line-text.ts';

const line = (text: string, truncatedBytes = 0): LogLine => ({
  number: 1,
  at: '2026-01-01T00:00:00.000Z',
  stream: 'stdout',
  text,
  truncatedBytes,
});
const shown = (text: string, ...hits: [number, number][]) =>
  lineText(
    line(text),
    hits.map(([start, end], position) => ({ position, start, end })),
  ).pieces.map(({ text: piece, hit }) => (hit === null ? piece : `<${hit}:${piece}>`));

describe('lineText', () => {
  it('cuts a line at its hits', () => {
    expect(shown('one two one', [0, 3], [8, 11])).toEqual(['<0:one>', ' two ', '<1:one>']);
  });

  it('marks a hit that reaches over a change of colour', () => {
    const text = 'fa\x1b[31mil\x1b[0med';
    expect(shown(text, [0, 9])).toEqual(['<0:fa>', '<0:il>', 'ed']);
  });

  it('shows the start of an endless line and says how much is missing', () => {
    const { pieces, hiddenBytes } = lineText(line('x'.repeat(64_000), 1_000), []);
    expect(pieces).toHaveLength(1);
    expect(pieces[0]!.text).toHaveLength(10_000);
    expect(hiddenBytes).toBe(55_000);
  });
});
