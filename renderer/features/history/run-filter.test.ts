import { describe, expect, it } from 'vitest';
import { projectIdOf } from '#shared/lib/ids.ts';
import { NO_FILTER, queryOf, toggleChip } from './run-filter.ts';

const shop = projectIdOf('shop00000');

describe('queryOf', () => {
  it('asks for the newest of all without a filter', () => {
    expect(queryOf(NO_FILTER, undefined)).toEqual({ sort: 'newest' });
  });

  it('takes waiting runs along with running ones', () => {
    expect(queryOf({ ...NO_FILTER, chips: ['running', 'failed'] }, undefined).statuses).toEqual([
      'running',
      'queued',
      'failed',
    ]);
  });

  it('sorts by what the header says', () => {
    const sort = { column: 'duration', direction: 'descending' } as const;
    expect(queryOf({ ...NO_FILTER, sort }, shop)).toEqual({ sort: 'longest', projectId: shop });
  });

  it('stays in the project of the chosen pipeline', () => {
    const pipeline = { projectId: shop, file: 'pipewright.yml', name: 'Shop' };
    expect(queryOf({ ...NO_FILTER, text: ' main ', pipeline }, undefined)).toEqual({
      sort: 'newest',
      projectId: shop,
      pipelineFile: 'pipewright.yml',
      text: 'main',
    });
  });
});

describe('toggleChip', () => {
  it('adds what is off and takes away what is on, in the order of the chips', () => {
    expect(toggleChip(['failed'], 'running')).toEqual(['running', 'failed']);
    expect(toggleChip(['running', 'failed'], 'running')).toEqual(['failed']);
  });
});
