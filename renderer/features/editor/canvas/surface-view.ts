import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { useCanvasStore } from './canvas-store.ts';
import { viewOf } from './scene/view-level.ts';

/** Keeps what is in view, and how it is drawn, in step with the viewport. */
export function useViewLevel(): void {
  const flowStore = useStoreApi();
  const store = useCanvasStore();
  useEffect(() => {
    const look = (): void => {
      const { transform, width, height } = flowStore.getState();
      const { scene, view } = store.getState();
      const [x, y, zoom] = transform;
      const next = viewOf(scene, { x, y, zoom }, { width, height }, view);
      if (next !== view) store.setState({ view: next });
    };
    look();
    const ends = [
      flowStore.subscribe((state, before) => {
        const isSame =
          state.transform === before.transform &&
          state.width === before.width &&
          state.height === before.height;
        if (!isSame) look();
      }),
      store.subscribe((state, before) => {
        if (state.scene !== before.scene) look();
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [flowStore, store]);
}
