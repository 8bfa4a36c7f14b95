import { describe, expect, it } from 'vitest';
import { findStages } from './find-stages.ts';

const stage = (id: string, summary = '', name = id) => ({ id, name, kind: 'run', summary });
const stages = [
  stage('build', 'npm run unit'),
  stage('long-unit'),
  stage('unit'),
  stage('pack', '', 'Unit of packing'),
];

describe('findStages', () => {
  it('has names that begin with the words first, then names, then what they run', () => {
    expect(findStages(stages, ' UNIT ', 9).map(({ id }) => id)).toEqual([
      'unit',
      'long-unit',
      'pack',
      'build',
    ]);
  });

  it('answers with the first ones when nothing is searched for', () => {
    expect(findStages(stages, '', 2).map(({ id }) => id)).toEqual(['build', 'long-unit']);
  });

  it('finds a kind', () => {
    expect(findStages([{ ...stage('ship'), kind: 'deploy.canary' }], 'canary', 9)).toHaveLength(1);
  });
});
