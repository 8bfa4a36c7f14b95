import { expect, it } from 'vitest';
import { previewLegs } from './matrix-legs.ts';

it('names the legs by the values that tell them apart', () => {
  const matrix = { node: [22, 24], os: ['linux', 'mac'], exclude: [{ node: 22, os: 'mac' }] };
  expect(previewLegs(matrix)).toEqual({ type: 'legs', names: ['22, linux', '24, linux', '24, mac'] });
});

it('waits for the run where an expression decides', () => {
  expect(previewLegs({ node: '${{ fromJSON(inputs.nodes) }}' })).toEqual({ type: 'later' });
});

it('says what keeps a matrix from having legs', () => {
  expect(previewLegs({ node: 22 })).toMatchObject({ type: 'fault' });
});
