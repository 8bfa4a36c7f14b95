import { create } from 'zustand';
import type { Cursor, ProblemFilter, ProblemSeverity } from './problems.ts';

/** How the list of problems was left since the window opened. */
export interface ProblemsView extends ProblemFilter {
  /** Null: open where something is wrong, folded where things could only be better. */
  readonly isOpen: boolean | null;
  readonly cursor: Cursor | null;
  /** Those whose reasons are shown. */
  readonly explained: ReadonlySet<string>;
}

export const useProblemsView = create<ProblemsView>()(() => ({
  isOpen: null,
  hidden: new Set(),
  search: '',
  cursor: null,
  explained: new Set(),
}));

const set = useProblemsView.setState;

export const setProblemsOpen = (isOpen: boolean): void => set({ isOpen });
export const searchProblems = (search: string): void => set({ search });
export const pointAtProblem = (cursor: Cursor): void => set({ cursor });

export function toggleSeverity(severity: ProblemSeverity): void {
  set(({ hidden }) => ({ hidden: toggled(hidden, severity) }));
}

export function toggleExplained(key: string): void {
  set(({ explained }) => ({ explained: toggled(explained, key) }));
}

export const showAllProblems = (): void => set({ hidden: new Set(), search: '' });

function toggled<Member>(members: ReadonlySet<Member>, member: Member): ReadonlySet<Member> {
  const next = new Set(members);
  if (!next.delete(member)) next.add(member);
  return next;
}
