import { useEffect } from 'react';
import { usePipelineDocument } from '../document/document-context.ts';
import { useCanvasStore } from './canvas-store.ts';

/** Brings a stage into sight that was selected elsewhere: in the text, in a list, by a command. */
export function useRevealSelection(): void {
  const document = usePipelineDocument();
  const store = useCanvasStore();
  useEffect(
    () =>
      document.subscribe(({ selection }, before) => {
        if (selection === before.selection || selection.by === 'canvas') return;
        const id = selection.stages.at(-1);
        if (id === undefined || id === before.selection.stages.at(-1)) return;
        store.setState({ awaited: id, selectedEdge: null });
      }),
    [document, store],
  );
}
