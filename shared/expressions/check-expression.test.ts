import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkExpression } from './check-expression.ts';
import { findExpressions } from './find-expressions.ts';

describe('findExpressions', () => {
  it('finds every expression with its offsets', () => {
    expect(findExpressions('a ${{ b }} ${{c}}')).toEqual([
      { expression: ' b ', start: 2, end: 10, closed: true },
      { expression: 'c', start: 11, end: 17, closed: true },
    ]);
  });

  it('does not end an expression inside of a string', () => {
    expect(findExpressions("${{ format('{0}}}', 1) }}!")[0]).toMatchObject({
      expression: " format('{0}}}', 1) ",
      end: 25,
    });
  });

  it('says that an expression is not closed', () => {
    expect(findExpressions('x ${{ a')).toEqual([{ expression: ' a', start: 2, end: 7, closed: false }]);
  });

  it('gives parts that make up the text', () => {
    const signs = fc
      .array(fc.constantFrom('${{', '}}', "'", 'a', ' '), { maxLength: 20 })
      .map((list) => list.join(''));
    fc.assert(
      fc.property(signs, (text) => {
        let end = 0;
        for (const found of findExpressions(text)) {
          expect(found.start).toBeGreaterThanOrEqual(end);
          expect(text.slice(found.start, found.end)).toBe(
            `\${{${found.expression}${found.closed ? '}}' : ''}`,
          );
          end = found.end;
        }
      }),
    );
  });
});

describe('checkExpression', () => {
  const known = { contexts: ['inputs', 'needs'], functions: ['success'] };

  it.each([
    [' inputs.x == needs.a.outputs.y ', []],
    [' success() && contains(inputs.x, 1) ', []],
    [' inptus.x ', [['unknown-context', 1]]],
    [
      ' joi(inputs.x, foo.bar) ',
      [
        ['unknown-context', 15],
        ['unknown-function', 1],
      ],
    ],
    [' contains(1) ', [['wrong-arguments', 1]]],
    [' inputs.x = 1 ', [['expression-syntax', 10]]],
    [" 'abc ", [['expression-syntax', 1]]],
    ['', [['expression-syntax', 0]]],
    ['\n  inputs.x &&\n  oops.y', [['unknown-context', 17]]],
    [`1${'0'.repeat(22_000)}`, [['expression-syntax', 0]]],
  ])('checks %j', (expression, expected) => {
    expect(checkExpression(expression, known).faults.map((fault) => [fault.code, fault.offset])).toEqual(
      expected,
    );
  });

  it('lists what an expression reads, computed parts as null', () => {
    const { contexts } = checkExpression(
      "needs.a.outputs['x'] || needs[inputs.b].result || needs.*.result",
      known,
    );
    expect(contexts.map((reference) => [reference.context, ...reference.path])).toEqual(
      expect.arrayContaining([
        ['needs', 'a', 'outputs', 'x'],
        ['needs', null, 'result'],
        ['inputs', 'b'],
      ]),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => void checkExpression(text, known)),
    );
  });
});
