import { Text } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { yamlContextAt } from './yaml-context.ts';

/** The context at the `¦`, which is no part of the text. */
function contextIn(marked: string) {
  const offset = marked.indexOf('¦');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const found = yamlContextAt(Text.of(text.split('\n')), offset);
  return {
    path: found.path,
    at: found.at,
    word: text.slice(found.from, found.to),
    beside: [...found.entriesAt(found.path.length).keys()],
    found,
  };
}

const FILE = `name: shop
stages:
  install:
    run: npm ci
  unit:
    needs: [install, lint]
    uses: test.unit
    with:
      command: npm test # all of them
      junit:
        - reports/a.xml
        - reports/b.xml
    steps:
    - run: echo one
      name: One
    - uses: test.unit
      with: { command: npm test, junit: "a.xml" }
    env: { A: "1", B: x }
  script:
    run: |
      if true; then
        key: value
      fi
`;

/** `FILE` with the cursor in front of, or behind, a piece of it. */
const before = (piece: string): string => FILE.replace(piece, `¦${piece}`);
const behind = (piece: string): string => FILE.replace(piece, `${piece}¦`);

describe('yamlContextAt', () => {
  it.each([
    ['a key of the root', 'na¦me: shop', [], 'key', 'name'],
    ['a value of the root', 'name: sh¦op', ['name'], 'value', 'shop'],
    ['the end of the text', 'name: shop\n¦', [], 'key', ''],
    ['an empty text', '¦', [], 'key', ''],
    ['a key in a stage', behind('    us'), ['stages', 'unit'], 'key', 'uses'],
    ['a value in a stage', behind('uses: test.'), ['stages', 'unit', 'uses'], 'value', 'test.unit'],
    ['a stage', before('unit:'), ['stages'], 'key', 'unit'],
    ['an item in brackets', behind('[install, li'), ['stages', 'unit', 'needs', 1], 'value', 'lint'],
    ['a setting', behind('      com'), ['stages', 'unit', 'with'], 'key', 'command'],
    [
      'a setting with a comment',
      behind('npm te'),
      ['stages', 'unit', 'with', 'command'],
      'value',
      'npm test',
    ],
    [
      'an item of a list',
      behind('reports/b'),
      ['stages', 'unit', 'with', 'junit', 1],
      'item',
      'reports/b.xml',
    ],
    [
      'a list that is level with its key',
      behind('echo o'),
      ['stages', 'unit', 'steps', 0, 'run'],
      'value',
      'echo one',
    ],
    ['a second key of an item', behind('      na'), ['stages', 'unit', 'steps', 0], 'key', 'name'],
    ['a later item', behind('- us'), ['stages', 'unit', 'steps', 1], 'key', 'uses'],
    ['a key in braces', behind('{ com'), ['stages', 'unit', 'steps', 1, 'with'], 'key', 'command'],
    [
      'a value in braces',
      behind('junit: "a.x'),
      ['stages', 'unit', 'steps', 1, 'with', 'junit'],
      'value',
      'a.xml',
    ],
    ['a script', behind('        key: va'), ['stages', 'script', 'run'], 'text', null],
  ] as const)('finds %s', (_, marked, path, at, word) => {
    const found = contextIn(marked);
    expect(found).toMatchObject({ path, at });
    if (word !== null) expect(found.word).toBe(word);
  });

  it.each([
    ['a key without a colon', 'stages:\n  unit:\n    ne¦\n    run: x', ['stages', 'unit'], 'key', 'ne'],
    ['an empty line in a stage', 'stages:\n  unit:\n    run: x\n    ¦\n', ['stages', 'unit'], 'key', ''],
    ['an empty line level with stages', 'stages:\n  unit:\n    run: x\n  ¦\n', ['stages'], 'key', ''],
    [
      'a value that is not written yet',
      'stages:\n  unit:\n    uses: ¦',
      ['stages', 'unit', 'uses'],
      'value',
      '',
    ],
    ['a colon without a space', 'stages:\n  unit:\n    uses:¦', ['stages', 'unit', 'uses'], 'value', ''],
    ['an empty item', 'stages:\n  unit:\n    needs:\n      - ¦', ['stages', 'unit', 'needs', 0], 'item', ''],
    ['an item after others', 'a:\n  - x\n  - y\n  - ¦', ['a', 2], 'item', ''],
    ['brackets that are not closed', 'a: [x, ¦', ['a', 1], 'value', ''],
    ['brackets over several lines', 'a: [\n  x,\n  y¦\n', ['a', 1], 'value', 'y'],
    ['braces that are not closed', 'a: { b: 1, c¦', ['a'], 'key', 'c'],
    ['braces in braces', 'a: { b: { c: ¦', ['a', 'b', 'c'], 'value', ''],
    ['a quote that is not closed', 'a: "x y¦', ['a'], 'value', 'x y'],
    ['a setting with a wrong line above', 'a:\n  b\n  c: ¦', ['a', 'c'], 'value', ''],
    ['an item that is a list', 'a:\n  - - x\n    - y¦', ['a', 0, 1], 'item', 'y'],
    ['a quoted key', 'a:\n  "b c¦": 1', ['a'], 'key', 'b c'],
    ['a key behind an anchor', 'a:\n  b: &x\n    c¦', ['a', 'b'], 'key', 'c'],
  ] as const)('works in %s', (_, marked, path, at, word) => {
    expect(contextIn(marked)).toMatchObject({ path, at, word });
  });

  it('knows comments', () => {
    expect(contextIn(behind('# all')).at).toBe('none');
    expect(contextIn('a: x # b¦').at).toBe('none');
    expect(contextIn('a: x#b¦').at).toBe('value');
    expect(contextIn('a: [x # b¦').at).toBe('none');
  });

  it('knows what stands beside a key, before and behind it', () => {
    expect(contextIn(behind('    us')).beside).toEqual(
      ['uses', 'needs', 'with', 'steps', 'env'].sort(byFile),
    );
    expect(contextIn(behind('{ com')).beside).toEqual(['command', 'junit']);
    expect(contextIn(behind('      na')).beside.sort()).toEqual(['name', 'run']);
    expect(contextIn(before('unit:')).beside.sort()).toEqual(['install', 'script', 'unit']);
  });

  it('reads scalars of the mappings around', () => {
    const { found } = contextIn(behind('      com'));
    expect(found.entriesAt(2).get('uses')).toBe('test.unit');
    const inFlow = contextIn('a: { uses: test.unit, with: { c¦').found;
    expect(inFlow.entriesAt(1).get('uses')).toBe('test.unit');
    const inItem = contextIn(behind('{ com')).found;
    expect(inItem.path).toEqual(['stages', 'unit', 'steps', 1, 'with']);
    expect(inItem.entriesAt(4).get('uses')).toBe('test.unit');
  });
});

const ORDER = ['uses', 'needs', 'with', 'steps', 'env'];
const byFile = (left: string, right: string): number => ORDER.indexOf(left) - ORDER.indexOf(right);
