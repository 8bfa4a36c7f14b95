import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { StageState } from '#shared/run/run-state.ts';
import type { StageStates } from './graph-stage.ts';
import type { StageForecast, StageForecasts } from './stage-forecast.ts';
import { markOfStage, type GraphMarks, type MarkedStage } from './stage-mark.ts';

/** What nodes and edges share. The object stays the same while states and the selection change; a simulation brings a new one. */
export interface GraphContextValue {
  /** Null in the graph of a file, where nothing runs. */
  readonly states: StageStates | null;
  /** Null outside of a simulation. */
  readonly forecasts: StageForecasts | null;
  /** Null unless two versions are compared. */
  readonly marks: GraphMarks | null;
  readonly selection: SelectionSource;
  /** Folds or unfolds a matrix; null where there is nothing to fold. */
  readonly onToggle: ((id: string) => void) | null;
  /** Prefix of the nodes' element ids. */
  readonly idPrefix: string;
}

/** The selected stage, told only to those that it concerns. */
export class SelectionSource {
  #selectedId: string | null = null;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  read(): string | null {
    return this.#selectedId;
  }

  set(id: string | null): void {
    if (id === this.#selectedId) return;
    this.#selectedId = id;
    for (const listener of this.#listeners) listener();
  }
}

export const GraphContext = createContext<GraphContextValue | null>(null);

export function useGraphContext(): GraphContextValue {
  const context = useContext(GraphContext);
  if (context === null) throw new Error('A stage node stands outside of a PipelineGraph');
  return context;
}

const nothing = (): void => undefined;

/** The state of one stage; renders again when that stage changes and not for any other. */
export function useGraphStageState(id: string): StageState | undefined {
  const { states } = useGraphContext();
  const subscribe = useCallback((listener: () => void) => states?.subscribe(listener) ?? nothing, [states]);
  return useSyncExternalStore(subscribe, () => states?.read(id));
}

/** What the simulation on screen says of a stage; undefined outside of one. */
export function useForecast(id: string): StageForecast | undefined {
  return useGraphContext().forecasts?.get(id);
}

/** What became of a stage between the two versions on screen; undefined where there is one. */
export function useMark(id: string): MarkedStage | undefined {
  const { marks } = useGraphContext();
  return marks === null ? undefined : markOfStage(marks, id);
}

export function useIsSelected(id: string): boolean {
  const { selection } = useGraphContext();
  return useSyncExternalStore(selection.subscribe, () => selection.read() === id);
}
