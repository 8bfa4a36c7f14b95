import { useMemo, type DragEvent, type PointerEvent } from 'react';
import type { PaletteItem } from './palette/palette-item.ts';
import { readDragged, isPaletteDrag } from './palette/drag-item.ts';
import { useCanvasCommands } from './canvas-commands-context.ts';
import { useCanvasStore, type CanvasStore } from './canvas-store.ts';
import { freePlace } from './scene/scene.ts';
import { snapPoint, type Point } from './scene/sizes.ts';
import { isSameEdge, type EdgeRef } from './scene/stage-graph.ts';

/** Pixels of the screen around an edge that belong to it. */
const REACH = 8;
/** A thing that is dragged is larger than the pointer. */
const DROP_REACH = 24;

export interface Hit {
  readonly stage: string | null;
  readonly edge: EdgeRef | null;
  readonly at: Point;
}

/** What lies under a point of the window. */
export function hitAt(store: CanvasStore, screen: Point, reach = REACH): Hit {
  const { camera, scene } = store.getState();
  if (camera === null) return { stage: null, edge: null, at: { x: 0, y: 0 } };
  const at = camera.toCanvas(screen);
  const zoom = camera.toScreen({ x: 1, y: 0 }).x - camera.toScreen({ x: 0, y: 0 }).x;
  const stage = scene.stageAt(at);
  const edge = stage === null ? scene.edgeAt(at, reach / zoom) : null;
  return { stage, edge: edge === null ? null : { source: edge.source, target: edge.target }, at };
}

const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => ({
  x: clientX,
  y: clientY,
});

/** What follows the pointer: the edge or the stage under it, and where a thing from the palette would go. */
export function useSurfacePointer(items: readonly PaletteItem[]) {
  const store = useCanvasStore();
  const commands = useCanvasCommands();
  return useMemo(() => {
    const { getState: get, setState: set } = store;
    const drop = (edge: EdgeRef | null, stage: string | null): void => {
      const { dropEdge, dropStage } = get();
      if (!isSameEdge(edge, dropEdge) || stage !== dropStage) set({ dropEdge: edge, dropStage: stage });
    };
    const onDragOver = (event: DragEvent): void => {
      if (!isPaletteDrag(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      const { edge, stage } = hitAt(store, pointOf(event), DROP_REACH);
      drop(edge, stage);
    };
    return {
      onPointerMove(event: PointerEvent) {
        if (event.buttons !== 0) return;
        const isOnCanvas =
          (event.target as HTMLElement).closest('.react-flow__pane, .react-flow__node') !== null;
        const { stage, edge } = isOnCanvas ? hitAt(store, pointOf(event)) : { stage: null, edge: null };
        const { hovered, hoveredEdge } = get();
        if (hovered !== stage || !isSameEdge(hoveredEdge, edge)) set({ hovered: stage, hoveredEdge: edge });
      },
      onPointerLeave() {
        set({ hovered: null, hoveredEdge: null });
      },
      onDragEnter: onDragOver,
      onDragOver,
      onDragLeave(event: DragEvent) {
        if (!event.currentTarget.contains(event.relatedTarget as HTMLElement | null)) drop(null, null);
      },
      onDrop(event: DragEvent) {
        const id = readDragged(event);
        const item = items.find((other) => other.id === id);
        if (item === undefined) return;
        event.preventDefault();
        drop(null, null);
        const { edge, stage, at } = hitAt(store, pointOf(event), DROP_REACH);
        const { scene, snaps } = get();
        if (edge !== null) void commands.add(item, { between: edge });
        else if (stage !== null) void commands.add(item, { needs: [stage] });
        else void commands.add(item, { at: snapPoint(freePlace(scene, at), snaps) });
        (event.currentTarget as HTMLElement).focus();
      },
    };
  }, [store, commands, items]);
}
