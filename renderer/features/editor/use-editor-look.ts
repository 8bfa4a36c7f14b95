import { useCallback, useState } from 'react';
import type { ComparedWith } from './compare/use-other-text.ts';
import { setViewMode, showNextViewMode, useViewMode, type ViewMode } from './view-mode.ts';

/** What the editor shows below its header. */
export interface EditorLook {
  readonly mode: ViewMode;
  /** What the text is compared with, instead of the views; null while it is not. */
  readonly compared: ComparedWith | null;
  readonly isSimulating: boolean;
  readonly changeMode: (mode: ViewMode) => void;
  readonly showNextMode: () => void;
  readonly toggleSimulation: () => void;
  /** Null ends comparing. */
  readonly compare: (against: ComparedWith | null) => void;
}

/**
 * Views, simulation or comparison: one at a time. The functions stay the same.
 * @param key names the file, whose mode is remembered
 * @param canSimulate a simulation goes away while the file has errors, and comes back with them gone
 */
export function useEditorLook(key: string, canSimulate: boolean): EditorLook {
  const mode = useViewMode(key);
  const [instead, setInstead] = useState<'simulation' | ComparedWith | null>(null);
  const changeMode = useCallback(
    (next: ViewMode) => {
      setInstead(null);
      setViewMode(key, next);
    },
    [key],
  );
  const showNextMode = useCallback(() => {
    setInstead(null);
    showNextViewMode(key);
  }, [key]);
  const toggleSimulation = useCallback(
    () => setInstead((present) => (present === 'simulation' ? null : 'simulation')),
    [],
  );
  return {
    mode,
    compared: instead === 'simulation' ? null : instead,
    isSimulating: instead === 'simulation' && canSimulate,
    changeMode,
    showNextMode,
    toggleSimulation,
    compare: setInstead,
  };
}
