import { createContext, useContext } from 'react';
import { breakpointsOf, useBreakpoints, type BreakpointFile } from '#renderer/bridge/breakpoints.ts';
import type { CanvasStage } from './canvas-graph.ts';
import { useCanvas } from './canvas-store.ts';

/** The file whose breakpoints the canvas shows. Keep the same object. */
export const BreakpointContext = createContext<BreakpointFile | null>(null);

export function useBreakpointPlace(): BreakpointFile {
  const place = useContext(BreakpointContext);
  if (place === null) throw new Error('The canvas needs a BreakpointContext around it.');
  return place;
}

/** What asks a person, or calls other stages, has no first step to wait before. */
const WITHOUT_STEPS = ['approval', 'pipeline', 'none'];

/** Whether a run can wait at a stage. Stages of a pipeline of the file have other names in each stage that calls it. */
export const canBreak = ({ kind, scope }: Pick<CanvasStage, 'kind' | 'scope'>): boolean =>
  scope === null && !WITHOUT_STEPS.includes(kind);

/** Null: there can be none on this stage. */
export function useHasBreakpoint(id: string): boolean | null {
  const place = useBreakpointPlace();
  const isPossible = useCanvas(({ graph }) => {
    const stage = graph.stages.get(id);
    return stage !== undefined && canBreak(stage);
  });
  const isSet = useBreakpoints((state) => breakpointsOf(state, place).includes(id));
  return isPossible ? isSet : null;
}
