import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { ProjectId } from '#shared/lib/ids.ts';

/** A pipeline file of a project. */
export interface BreakpointFile {
  readonly projectId: ProjectId;
  readonly file: string;
}

/** Where this person wants runs that they start to wait. Kept in the browser's storage, never in the file. */
interface Breakpoints {
  /** Ids of stages by project and file. */
  readonly byFile: Readonly<Record<string, readonly string[]>>;
}

export const useBreakpoints = create<Breakpoints>()(
  persist((): Breakpoints => ({ byFile: {} }), {
    name: 'pipewright.breakpoints',
    storage: createJSONStorage(() => localStorage),
  }),
);

const NONE: readonly string[] = [];

const keyOf = ({ projectId, file }: BreakpointFile): string => `${projectId} ${file}`;

/** The same list until it changes. */
export const breakpointsOf = ({ byFile }: Breakpoints, place: BreakpointFile): readonly string[] =>
  byFile[keyOf(place)] ?? NONE;

function set(place: BreakpointFile, stages: readonly string[]): void {
  const others = Object.entries(useBreakpoints.getState().byFile).filter(([key]) => key !== keyOf(place));
  const added = stages.length === 0 ? [] : [[keyOf(place), stages] as const];
  useBreakpoints.setState({ byFile: Object.fromEntries([...others, ...added]) });
}

/** Sets one on each of these stages, or removes them when all have one. @returns whether they have one now */
export function toggleBreakpoints(place: BreakpointFile, stages: readonly string[]): boolean {
  const before = breakpointsOf(useBreakpoints.getState(), place);
  const others = before.filter((stage) => !stages.includes(stage));
  const isSet = stages.some((stage) => !before.includes(stage));
  set(place, isSet ? [...others, ...stages] : others);
  return isSet;
}

/** A stage that gets another name keeps its breakpoint. */
export function renameBreakpoint(place: BreakpointFile, from: string, to: string): void {
  const before = breakpointsOf(useBreakpoints.getState(), place);
  if (before.includes(from))
    set(
      place,
      before.map((stage) => (stage === from ? to : stage)),
    );
}
