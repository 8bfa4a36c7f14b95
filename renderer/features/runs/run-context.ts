import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { StageStates } from '#renderer/ui/pipeline-graph/graph-stage.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import type { StageStatus } from '#shared/run/status.ts';
import { shownState } from './shown-state.ts';
import type { RunStore, RunView } from './run-store.ts';
import { stageOf } from './selectors.ts';

/** The store of the run on screen. */
export const RunContext = createContext<RunStore | null>(null);

function useRunStore(): RunStore {
  const store = useContext(RunContext);
  if (store === null) throw new Error('A part of a run stands outside of its RunContext');
  return store;
}

/** A part of the run; hoist the selector, and wrap it in `useShallow` when it makes objects. */
export function useRunView<T>(selector: (view: RunView) => T): T {
  return useStore(useRunStore(), selector);
}

/** The whole run: for parts that show all of it. Below the screen's guard only, where a run is there. */
export function useRun(): RunState {
  const run = useRunView((view) => view.run);
  if (run === null) throw new Error('The run has not been loaded');
  return run;
}

/** One stage; renders again when that stage changes and not for any other. */
export function useStage(id: string): StageState | undefined {
  return useStore(useRunStore(), (view) => stageOf(view.run, id));
}

/** The status that a stage shows: a matrix runs while its legs do. */
export function useShownStatus(id: string): StageStatus | undefined {
  return useStore(useRunStore(), ({ run }) => {
    const index = run?.graph.indexOf.get(id);
    return run === null || index === undefined ? undefined : shownState(run, index).status;
  });
}

/** The run's stages as the graph follows them. */
export function stageStates(store: RunStore): StageStates {
  return {
    subscribe: (listener) => store.subscribe(listener),
    read: (id) => {
      const { run } = store.getState();
      const index = run?.graph.indexOf.get(id);
      return run === null || index === undefined ? undefined : shownState(run, index);
    },
  };
}
