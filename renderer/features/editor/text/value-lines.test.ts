import { Text } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import { linesOfValue } from './value-lines.ts';

const LINES = [
  'unit:', // 1
  '  # What it runs on.', // 2
  '  needs:', // 3
  '  - install', // 4
  '  - lint', // 5
  '  env:', // 6
  '    NODE_ENV: test', // 7
  '', // 8
  '    "CI": yes', // 9
  '  steps:', // 10
  '    - run: |', // 11
  '        needs: nothing', // 12
  '        env: none', // 13
  '    - name: last', // 14
  '      run: npm test', // 15
  '  matrix: { node: [22, 24] }', // 16
];
const doc = Text.of(LINES);
const whole = { first: 1, last: LINES.length };
const linesOf = (...path: ValuePath): string => {
  const { first, last } = linesOfValue(doc, whole, path);
  return first === last ? `${first}` : `${first}-${last}`;
};

describe('linesOfValue', () => {
  it.each([
    [['env'], '6-9'],
    [['env', 'NODE_ENV'], '7'],
    [['env', 'CI'], '9'],
    [['steps'], '10-15'],
    [['steps', 0], '11-13'],
    [['steps', 0, 'run'], '11-13'],
    [['steps', 1], '14-15'],
    [['steps', 1, 'run'], '15'],
  ] satisfies [ValuePath, string][])('finds %j', (path, lines) => {
    expect(linesOf(...path)).toBe(lines);
  });

  it('takes a list for its key’s that stands level with it', () => {
    expect(linesOf('needs')).toBe('3-5');
    expect(linesOf('needs', 1)).toBe('5');
  });

  it('does not take words in a text for keys', () => {
    expect(linesOf('steps', 0, 'needs')).toBe('11-13');
  });

  it('stays at what holds the value where it is written in one line, or is not written', () => {
    expect(linesOf('matrix', 'node', 1)).toBe('16');
    expect(linesOf('timeout')).toBe('1-16');
    expect(linesOf('env', 'HOME')).toBe('6-9');
    expect(linesOf('steps', 7)).toBe('10-15');
  });
});
