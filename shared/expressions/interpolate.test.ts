import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExpressionFailure } from './expression-failure.ts';
import { evaluateValue, interpolate } from './interpolate.ts';

const contexts = {
  inputs: { version: '1.2', count: 3, dry: true, nothing: null },
  needs: { build: { outputs: { tag: 'x' }, result: 'success' } },
  env: { constructor: 'c' },
};

describe('interpolate', () => {
  it.each([
    ['no expression', 'no expression'],
    ['v${{ inputs.version }}-${{inputs.count}}', 'v1.2-3'],
    ['${{ inputs.dry }}', 'true'],
    ['${{ INPUTS.Version }}', '1.2'],
    ['${{ needs.build.outputs.tag }}${{ needs.build.result }}', 'xsuccess'],
    ["${{ needs.build.outputs['tag'] }}", 'x'],
    ['[${{ inputs.missing }}${{ inputs.nothing }}${{ needs.no.outputs.x }}${{ git.sha }}]', '[]'],
    ["${{ git.sha || 'none' }}", 'none'],
    ["${{ inputs.count > 2 && 'many' || 'few' }}", 'many'],
    ["${{ format('{0}}}-{1}', 'a', 'it''s ''x''') }}", "a}-it's 'x'"],
    ["${{ join(fromJSON('[1,2]'), '+') }}", '1+2'],
    ["${{ contains('abc', 'B') }}${{ startsWith('abc', 'a') }}${{ endsWith('abc', 'a') }}", 'truetruefalse'],
    ['${{ toJSON(needs.build.outputs) }}', '{\n  "tag": "x"\n}'],
    ['${{ env.toString }}', ''],
  ])('turns %j into %j', (template, expected) => {
    expect(interpolate(template, contexts)).toBe(expected);
  });

  it.each([
    ['${{ inputs.count + 1 }}', "unexpected symbol: '+'"],
    ['${{ nope.x }}', 'There is no context `nope` here'],
    ['${{ constructor }}', 'There is no context `constructor` here'],
    ['${{ constructor(1) }}', 'There is no function `constructor`'],
    ['${{ hashFiles(1) }}', 'There is no function `hashFiles`'],
    ['${{ inputs.version', 'it is not closed by `}}`'],
    ["${{ fromJSON('{') }}", 'Error parsing JSON'],
    ["${{ format('{1}', 1) }}", 'references more arguments than were supplied'],
  ])('refuses %j and says why', (template, reason) => {
    expect(() => interpolate(template, contexts)).toThrow(ExpressionFailure);
    expect(() => interpolate(template, contexts)).toThrow(reason);
  });

  it('fails in no other way than with an ExpressionFailure', () => {
    const sign = fc.constantFrom(
      'inputs',
      'needs',
      '.',
      'x',
      '(',
      ')',
      '[',
      ']',
      '*',
      "'",
      '!',
      '==',
      '&&',
      '1',
      ',',
      'format',
      'fromJSON',
      ' ',
      '\n',
      '-',
    );
    const templates = fc.array(sign, { maxLength: 25 }).map((signs) => `\${{ ${signs.join('')} }}`);
    fc.assert(
      fc.property(templates, (template) => {
        try {
          expect(typeof interpolate(template, contexts)).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionFailure);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves every text without expressions alone', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('${{')),
        (text) => {
          expect(interpolate(text, contexts)).toBe(text);
        },
      ),
    );
  });
});

describe('evaluateValue', () => {
  it.each([
    ['${{ fromJSON(\'[1, "a", null, {"b": true}]\') }}', [1, 'a', null, { b: true }]],
    [' ${{ inputs.count }} ', 3],
    ['${{ inputs.dry }}', true],
    ['${{ inputs.nothing }}', null],
    ['${{ needs.build }}', { outputs: { tag: 'x' }, result: 'success' }],
    ['v${{ inputs.count }}', 'v3'],
    ['${{ inputs.count }}${{ inputs.count }}', '33'],
    ['plain', 'plain'],
  ])('gives %j its type', (template, expected) => {
    expect(evaluateValue(template, contexts)).toEqual(expected);
  });

  it('gives the hash of files where they can be read', () => {
    expect(
      interpolate("npm-${{ hashFiles('**/lock', 'x') }}", {}, { hashFiles: (list) => list.join() }),
    ).toBe('npm-**/lock,x');
  });

  it('gives back any JSON as it was', () => {
    const isPlain = (value: unknown) =>
      !/"(__proto__|constructor|to[A-Z]\w*|has\w*|is\w*|value\w*)"/i.test(JSON.stringify(value));
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }).filter(isPlain), (value) => {
        const result = evaluateValue('${{ fromJSON(inputs.json) }}', {
          inputs: { json: JSON.stringify(value) },
        });
        if (hasKeysThatDifferInCaseOnly(value)) return;
        expect(result).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

function hasKeysThatDifferInCaseOnly(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value).map((key) => key.toLowerCase());
  return new Set(keys).size < keys.length || Object.values(value).some(hasKeysThatDifferInCaseOnly);
}
