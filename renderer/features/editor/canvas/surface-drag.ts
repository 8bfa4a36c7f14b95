import type { OnNodeDrag } from '@xyflow/react';
import { useMemo } from 'react';
import { usePipelineDocument } from '../document/document-context.ts';
import type { PipelineDocument } from '../document/document-store.ts';
import type { CardNode } from './card-nodes.ts';
import { useCanvasStore, type CanvasStore } from './canvas-store.ts';
import { stopGliding } from './layout/glide.ts';
import type { Point } from './scene/sizes.ts';

interface Drag {
  readonly origin: Point;
  /** Where those that go along stood. */
  readonly starts: readonly (readonly [string, Point])[];
}

/** Moves the card that is dragged, and with it all that are selected, wherever they are. */
export function useStageDrag(): StageDrag {
  const store = useCanvasStore();
  const document = usePipelineDocument();
  return useMemo(() => createStageDrag(store, document), [store, document]);
}

interface StageDrag {
  readonly onNodeDragStart: OnNodeDrag<CardNode>;
  readonly onNodeDrag: OnNodeDrag<CardNode>;
  readonly onNodeDragStop: OnNodeDrag<CardNode>;
}

function createStageDrag(store: CanvasStore, document: PipelineDocument): StageDrag {
  let drag: Drag | null = null;
  return {
    onNodeDragStart: (_, { id }) => {
      stopGliding(store);
      const { scene } = store.getState();
      const { stages } = document.getState().selection;
      const ids = stages.includes(id) ? stages : [id];
      if (ids !== stages) document.actions.select([id], 'canvas');
      const starts = ids.flatMap((other) => {
        const place = scene.places.get(other);
        return place === undefined ? [] : [[other, place] as const];
      });
      drag = { origin: scene.places.get(id)!, starts };
      store.setState({ dragged: id, hoveredEdge: null });
    },
    onNodeDrag: (_, { position }) => {
      if (drag === null) return;
      const { origin, starts } = drag;
      const [dx, dy] = [position.x - origin.x, position.y - origin.y];
      store.setState({ moving: new Map(starts.map(([id, { x, y }]) => [id, { x: x + dx, y: y + dy }])) });
    },
    onNodeDragStop: () => {
      const { moving } = store.getState();
      drag = null;
      store.setState({ dragged: null });
      // The places stay those of the drag until the scene has them.
      if (moving !== null) document.actions.place(Object.fromEntries(moving));
    },
  };
}
