import { describe, expect, it } from 'vitest';
import type { ComparedStage } from './comparison.ts';
import { allStages, MOST_DRAWN, nearChanges } from './near-changes.ts';

const stage = (
  id: string,
  needs: readonly string[] = [],
  change: ComparedStage['change'] = null,
): ComparedStage => ({
  id,
  name: id,
  kind: 'run',
  change,
  from: null,
  needs,
  addedNeeds: [],
  removedNeeds: [],
});
const chain = (count: number, changed: number): readonly ComparedStage[] =>
  Array.from({ length: count }, (_, at) =>
    stage(`s${at}`, at === 0 ? [] : [`s${at - 1}`], at === changed ? 'changed' : null),
  );

describe('the stages near changes', () => {
  it('are those that have changed, what they need, and what needs them', () => {
    const { stages, left } = nearChanges(chain(10, 5));
    expect(stages.map(({ id }) => id)).toEqual(['s4', 's5', 's6']);
    expect(left).toBe(7);
  });

  it('are no more than can be drawn', () => {
    const many = Array.from({ length: MOST_DRAWN * 2 }, (_, at) => stage(`s${at}`, [], 'added'));
    expect(nearChanges(many)).toMatchObject({ left: MOST_DRAWN });
  });

  it('stand for all stages only where there are too many of these', () => {
    expect(allStages(chain(10, 5)).left).toBe(0);
    expect(allStages(chain(MOST_DRAWN + 1, 5)).stages).toHaveLength(3);
  });
});
