import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counterparts, failureDiff, type DiffLine } from './failure-diff.ts';

const MARK = { both: ' ', expected: '-', actual: '+' } as const;
const shown = (words: string) => failureDiff(words)?.map(({ side, text }) => `${MARK[side]}${text}`);

describe('failureDiff', () => {
  it('reads what node compares by value', () => {
    const words = `[Error [ERR_TEST_FAILURE]: Expected values to be strictly equal:

1190 !== 1191
] {
  cause: AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:
      at TestContext.<anonymous> (n.test.js:2:21) {
    generatedMessage: true,
    actual: 1190,
    expected: 1191,
    operator: 'strictEqual'
  }
}`;
    expect(shown(words)).toEqual(['-1191', '+1190']);
  });

  it('reads what node compares deeply, once', () => {
    const words = `[Error [ERR_TEST_FAILURE]: Expected values to be strictly deep-equal:
+ actual - expected

  {
    b: [
      1,
+     2
-     3
    ]
  }] {
  code: 'ERR_TEST_FAILURE',
  cause: AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal:
  + actual - expected
`;
    expect(shown(words)).toEqual([' {', '   b: [', '     1,', '+    2', '-    3', '   ]', ' }']);
  });

  it('reads both forms of jest', () => {
    const value = `Error: expect(received).toBe(expected) // Object.is equality

Expected: 2
Received: 1
    at Object.toBe (j.test.js:1:24)`;
    expect(shown(value)).toEqual(['-2', '+1']);
    const deep = `Error: expect(received).toEqual(expected) // deep equality

- Expected  - 1
+ Received  + 1

  Object {
-     3,
+     2,
  }
    at Object.toEqual (j.test.js:2:36)`;
    expect(shown(deep)).toEqual([' Object {', '-    3,', '+    2,', ' }']);
  });

  it('reads vitest, whose sentence alone says it too', () => {
    const words = `AssertionError: expected { a: 1 } to deeply equal { a: 2 }

- Expected
+ Received

  {
-   "a": 2,
+   "a": 1,
  }

 ❯ v.test.js:3:36`;
    expect(shown(words)).toEqual([' {', '-  "a": 2,', '+  "a": 1,', ' }']);
    expect(shown('AssertionError: expected 1 to be 2 // Object.is equality')).toEqual(['-2', '+1']);
  });

  it('reads pytest, with and without a diff of its own', () => {
    expect(
      shown('def test_a():\n>       assert 1 == 2\nE       assert 1 == 2\n\nt.py:2: AssertionError'),
    ).toEqual(['-2', '+1']);
    const words = `E       AssertionError: assert 'foo\\nbar' == 'foo\\nbaz'
E           foo
E         - baz
E         ?   ^
E         + bar

t_test.py:7: AssertionError`;
    expect(shown(words)).toEqual([' foo', '-baz', '+bar']);
  });

  it.each([
    ['JUnit for Java', 'org.opentest4j.AssertionFailedError: expected: <2> but was: <1>'],
    ['testify', '  Error:      \tNot equal: \n    expected: 2\n    actual  : 1'],
    ['Rust', 'assertion `left == right` failed\n  left: 1\n right: 2'],
  ])('reads %s', (_, words) => {
    expect(shown(words)).toEqual(['-2', '+1']);
  });

  it('says nothing where there is nothing to compare', () => {
    expect(failureDiff('Error: socket hang up\n    at Socket.onEnd (node:_http_client:524:23)')).toBeNull();
    expect(failureDiff('')).toBeNull();
  });

  it('takes any text', () => {
    const word = fc.constantFrom(
      '- Expected',
      '+ Received',
      '+ actual - expected',
      'E  assert a == b',
      'E - x',
      '',
      ' ',
      '+',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string())), (lines) => {
        const diff = failureDiff(lines.join('\n'));
        expect(diff === null || diff.length > 0).toBe(true);
      }),
    );
  });
});

describe('counterparts', () => {
  const of = (...lines: readonly string[]) =>
    counterparts(
      lines.map((line): DiffLine => {
        const side = line.startsWith('-') ? 'expected' : line.startsWith('+') ? 'actual' : 'both';
        return { side, text: line.slice(1) };
      }),
    );

  it('finds what stands for what, one by one', () => {
    expect(of('-a', '+b', '-c', '+d', ' e')).toEqual(['b', 'a', 'd', 'c', null]);
    expect(of('+a', '+b', '-c', '-d')).toEqual(['c', 'd', 'a', 'b']);
  });

  it('does not guess where more stand for fewer', () => {
    expect(of('-a', '-b', '+c')).toEqual([null, null, null]);
    expect(of('-a', ' b', '+c')).toEqual([null, null, null]);
  });
});
