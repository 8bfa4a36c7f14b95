import { expect, it } from 'vitest';
import { renameInExpressions } from './rename-in-expressions.ts';

const NEED = { context: 'needs', from: 'a', to: 'b' };

it.each([
  ['${{ needs.a.result }}', '${{ needs.b-2.result }}'],
  ["${{ needs['a'].outputs.x }} and ${{needs.a}}", "${{ needs['b-2'].outputs.x }} and ${{needs.b-2}}"],
  ['${{ needs . a . result }}', '${{ needs . b-2 . result }}'],
  ['${{ needs.\n   a.result }}', '${{ needs.\n   b-2.result }}'],
  ["${{ format('{0}}}', needs.a.result) }}", "${{ format('{0}}}', needs.b-2.result) }}"],
  ["${{ needs['a'].x == 'needs.a' }}", "${{ needs['b-2'].x == 'needs.a' }}"],
  ["${{ contains('it''s needs.a', needs.a.x) }}", "${{ contains('it''s needs.a', needs.b-2.x) }}"],
])('renames the stage in %j', (text, expected) => {
  expect(renameInExpressions(text, { context: 'needs', from: 'a', to: 'b-2' }, false)).toBe(expected);
});

it.each([
  'needs.a.result',
  '${{ needs.ab.result }}',
  '${{ needs.a-b.result }}',
  '${{ my.needs.a }}',
  "${{ 'needs.a' }}",
  '${{ inputs.a }} needs.a',
  '$ {{ needs.a }}',
])('leaves %j alone', (text) => {
  expect(renameInExpressions(text, NEED, false)).toBe(text);
});

it('knows an expression without braces and quotes that YAML doubles', () => {
  expect(renameInExpressions("needs.a.result == 'a'", NEED, true)).toBe("needs.b.result == 'a'");
  expect(renameInExpressions("${{ needs[''a''].x == ''needs.a'' }}", NEED, false, "''")).toBe(
    "${{ needs[''b''].x == ''needs.a'' }}",
  );
});

it('renames in the context that is meant', () => {
  const name = { context: 'inputs', from: 'a', to: 'b' };
  expect(renameInExpressions("${{ inputs.a == needs.a.x && inputs['a'] }}", name, false)).toBe(
    "${{ inputs.b == needs.a.x && inputs['b'] }}",
  );
});
