import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, type MouseEvent } from 'react';
import { usePipelineDocument } from '../document/document-context.ts';
import { useCanvasStore } from './canvas-store.ts';
import { useCanvasCommands } from './canvas-commands-context.ts';

/** Selects what a box touches as it is drawn, also from afar, where there are no cards; with Shift adds to the selection. */
export function useMarquee() {
  const flow = useReactFlow();
  const flowStore = useStoreApi();
  const store = useCanvasStore();
  const commands = useCanvasCommands();
  const document = usePipelineDocument();
  useEffect(
    () =>
      flowStore.subscribe(({ userSelectionRect: rect, userSelectionActive }, before) => {
        if (!userSelectionActive || rect === null || rect === before.userSelectionRect) return;
        const [x, y, zoom] = flowStore.getState().transform;
        const [left, top] = [(rect.x - x) / zoom, (rect.y - y) / zoom];
        const box = { left, top, right: left + rect.width / zoom, bottom: top + rect.height / zoom };
        store.setState({ marquee: new Set(store.getState().scene.stagesIn(box)) });
      }),
    [flow, flowStore, store],
  );
  return useMemo(
    () => ({
      onSelectionStart() {
        store.setState({ marquee: new Set(), hoveredEdge: null, hovered: null });
      },
      onSelectionEnd(event: MouseEvent) {
        const { marquee } = store.getState();
        const before = event.shiftKey ? document.getState().selection.stages : [];
        store.setState({ marquee: null });
        const ids = [...new Set([...before, ...(marquee ?? [])])];
        commands.select(ids);
        commands.say(`${ids.length} ${ids.length === 1 ? 'stage' : 'stages'} selected`);
      },
    }),
    [store, document, commands],
  );
}
