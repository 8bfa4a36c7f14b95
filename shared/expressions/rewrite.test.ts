import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateValue, interpolate } from './interpolate.ts';
import { expressionOf, literal, rewriteExpression, rewriteTemplate } from './rewrite.ts';

const replace = (context: string, name: string | null): string | null => {
  if (context === 'inputs') return name === null ? 'ALL' : `(${name})`;
  return context === 'needs' && name !== null ? `needs['p/${name}']` : null;
};

describe('rewriteExpression', () => {
  it.each([
    ["inputs.a == 'inputs.a'", "(a) == 'inputs.a'"],
    ["INPUTS['a-b'] && inputs[env.x]", '(a-b) && ALL[env.x]'],
    ['toJSON(inputs)', 'toJSON(ALL)'],
    ['env.inputs.x', 'env.inputs.x'],
    ['needs.build.outputs.tag', "needs['p/build'].outputs.tag"],
    ["needs['build'].result\n  || needs.*.result", "needs['p/build'].result\n  || needs.*.result"],
    ['inputs(1)', 'inputs(1)'],
    ["inputs.a = 'open", "inputs.a = 'open"],
  ])('turns %j into %j', (expression, expected) => {
    expect(rewriteExpression(expression, replace)).toBe(expected);
  });

  it('leaves the text around expressions alone', () => {
    expect(rewriteTemplate('inputs.a ${{ inputs.a }}{${{needs.b}} ${{ inputs', replace)).toBe(
      "inputs.a ${{ (a) }}{${{needs['p/b']}} ${{ inputs",
    );
  });
});

describe('expressionOf', () => {
  it('has the value of the text', () => {
    const part = fc.constantFrom(
      "it's",
      '{',
      '}',
      '{0}',
      '${{ env.x }}',
      "${{ format('{0}', 1) }}",
      ' ',
      'é\n',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const template = parts.join('');
        // A text that is one expression has the expression's value, without the spaces around it.
        fc.pre(template.trim() === template);
        const contexts = { env: { x: "it's {1}" } };
        const value = evaluateValue(`\${{ ${expressionOf(template)} }}`, contexts);
        expect(String(value)).toBe(interpolate(template, contexts));
      }),
    );
  });

  it.each([['text'], ["it's"], [''], [3], [-1.5], [1e21], [true]])('writes %j as a literal', (value) => {
    expect(evaluateValue(`\${{ ${literal(value)} }}`, {})).toBe(value);
  });
});
