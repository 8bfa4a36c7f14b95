import { quote } from './describe-value.ts';
import { findCycles } from './find-cycles.ts';
import type { IssueList } from './issue-list.ts';
import { itemPath, listOf, mappingOf } from './raw-stages.ts';
import type { StageSet } from './raw-stages.ts';
import type { SourceMap } from './source-map.ts';
import type { Suggest } from './suggest.ts';

const MAX_SHOWN_STAGES = 20;

/** Checks that the stages of a set need stages that exist, and not each other in a circle. */
export function checkGraph(set: StageSet, source: SourceMap, issues: IssueList, suggest: Suggest): void {
  const ids = Object.keys(set.stages);
  if (ids.length === 0) {
    if (mappingOf(set.value) === set.value) {
      issues.add(
        'empty-stages',
        source.key(set.path),
        'The pipeline has no stages',
        'add one under `stages`',
      );
    }
    return;
  }
  const edges = new Map<string, string[]>();
  for (const id of ids) edges.set(id, checkNeeds(set, id, source, issues, suggest));
  for (const cycle of findCycles(edges)) {
    const [first = '', second = first] = cycle;
    const needs = mappingOf(set.stages[first])['needs'];
    const path = [...set.path, first, 'needs'];
    const shown = cycle.slice(0, MAX_SHOWN_STAGES).join(' -> ');
    const middle = cycle.length > MAX_SHOWN_STAGES ? ` -> … (${cycle.length} stages)` : '';
    const place = source.value(itemPath(path, needs, listOf(needs).indexOf(second)));
    issues.add(
      'cycle',
      place,
      `Stages need each other in a circle: ${shown}${middle} -> ${first}`,
      'remove one of these `needs`',
    );
  }
}

/** @returns the stages that the stage needs, without those that do not exist and without itself */
function checkNeeds(
  set: StageSet,
  id: string,
  source: SourceMap,
  issues: IssueList,
  suggest: Suggest,
): string[] {
  const needs = mappingOf(set.stages[id])['needs'];
  const path = [...set.path, id, 'needs'];
  const seen = new Set<string>();
  listOf(needs).forEach((need, index) => {
    if (typeof need !== 'string') return;
    const place = () => source.value(itemPath(path, needs, index));
    if (need === id)
      issues.add('self-need', place(), `Stage ${quote(id)} needs itself`, 'remove it from `needs`');
    else if (!Object.hasOwn(set.stages, need)) {
      const close = issues.full ? null : suggest(need, Object.keys(set.stages));
      const hint = close === null ? 'name a stage of this pipeline' : `did you mean \`${close}\`?`;
      issues.add(
        'missing-need',
        place(),
        `Stage ${quote(id)} needs ${quote(need)}, which does not exist`,
        hint,
      );
    } else if (seen.has(need)) {
      issues.add(
        'duplicate-need',
        place(),
        `Stage ${quote(id)} needs ${quote(need)} twice`,
        'remove one of them',
        'warning',
      );
    } else seen.add(need);
  });
  return [...seen];
}
