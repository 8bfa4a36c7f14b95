import { SEVERITIES, type Severity } from '#shared/reports/severity.ts';
import type { ListedFinding } from './list-findings.ts';

export type Grouping = 'rule' | 'file' | 'none';

/** A line of the list. */
export type FindingRow =
  | {
      readonly type: 'group';
      readonly key: string;
      readonly title: string;
      /** What the rule is about, or nothing. */
      readonly hint: string | null;
      readonly count: number;
      readonly worst: Severity;
      readonly isOpen: boolean;
    }
  | { readonly type: 'finding'; readonly key: string; readonly listed: ListedFinding; readonly level: 0 | 1 };

/**
 * The lines of a list in its groups, those with the worst finding first, then the largest.
 * @param isOpen whether a group shows what is in it
 */
export function findingRows(
  listed: readonly ListedFinding[],
  grouping: Grouping,
  isOpen: (key: string) => boolean,
): readonly FindingRow[] {
  if (grouping === 'none') {
    return listed.map((one) => ({ type: 'finding', key: one.key, listed: one, level: 0 }));
  }
  const groups = new Map<string, ListedFinding[]>();
  for (const one of listed) {
    const key = groupOf(one, grouping);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  const sorted = [...groups].sort(([, a], [, b]) => worstOf(a) - worstOf(b) || b.length - a.length);
  return sorted.flatMap(([title, members]) => {
    const key = `${grouping} ${title}`;
    const open = isOpen(key);
    const head: FindingRow = {
      type: 'group',
      key,
      title,
      hint: grouping === 'rule' ? (members[0]?.rule?.title ?? null) : null,
      count: members.length,
      worst: SEVERITIES[worstOf(members)] ?? 'info',
      isOpen: open,
    };
    if (!open) return [head];
    return [
      head,
      ...members.map((one): FindingRow => ({ type: 'finding', key: one.key, listed: one, level: 1 })),
    ];
  });
}

function groupOf({ finding }: ListedFinding, grouping: 'rule' | 'file'): string {
  if (grouping === 'rule') return `${finding.tool} ${finding.ruleId}`;
  return finding.file ?? finding.package ?? 'The whole';
}

/** The list is sorted: the first is the worst. */
const worstOf = ([first]: readonly ListedFinding[]): number =>
  first === undefined ? SEVERITIES.length : SEVERITIES.indexOf(first.finding.severity);
