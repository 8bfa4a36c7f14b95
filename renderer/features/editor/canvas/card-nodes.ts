import { Position, type Node } from '@xyflow/react';
import { useMemo } from 'react';
import { QUIET_NODE } from '#renderer/ui/pipeline-graph/quiet-flow.ts';
import { useDocument } from '../document/document-context.ts';
import type { DocumentState } from '../document/document-store.ts';
import { useCanvas, type CanvasState } from './canvas-store.ts';
import { CARD, type Point } from './scene/sizes.ts';

/** A card as React Flow keeps it; what is on it comes from the canvas's store by its id. */
export type CardNode = Node<Record<string, never>, 'stage'>;

const DATA: Record<string, never> = {};
const HANDLE = 12;
const HANDLE_PLACE = { y: (CARD.height - HANDLE) / 2, width: HANDLE, height: HANDLE };
const HANDLES = [
  { type: 'target' as const, position: Position.Left, x: -HANDLE / 2, ...HANDLE_PLACE },
  { type: 'source' as const, position: Position.Right, x: CARD.width - HANDLE / 2, ...HANDLE_PLACE },
];

const selectView = ({ view }: CanvasState) => view;
const selectScene = ({ scene }: CanvasState) => scene;
const selectMoving = ({ moving }: CanvasState) => moving;
const selectDragged = ({ dragged }: CanvasState) => dragged;
const selectHovered = ({ hovered }: CanvasState) => hovered;
const selectTarget = ({ connecting }: CanvasState) => connecting?.target ?? null;
const selectActive = ({ selection }: DocumentState) => selection.stages.at(-1) ?? null;

/**
 * The cards that are elements of the page: those in view, in a picture only the one under the pointer, and always the one
 * that a screen reader is at. The order is that of the file.
 */
export function useCardNodes(): CardNode[] {
  const view = useCanvas(selectView);
  const scene = useCanvas(selectScene);
  const moving = useCanvas(selectMoving);
  const dragged = useCanvas(selectDragged);
  const hovered = useCanvas(selectHovered);
  const target = useCanvas(selectTarget);
  const active = useDocument(selectActive);
  const ids = useMemo(() => {
    const shown = new Set(view.level === 'picture' ? [] : scene.stagesIn(view.region));
    for (const id of [active, dragged, target, view.level === 'picture' ? hovered : null]) {
      if (id !== null && scene.places.has(id)) shown.add(id);
    }
    return [...shown];
  }, [view, scene, active, dragged, target, hovered]);
  return useMemo(
    () => ids.map((id) => cardAt(id, moving?.get(id) ?? scene.places.get(id)!)),
    [ids, moving, scene],
  );
}

const nodes = new WeakMap<Point, CardNode>();

/** The same node for the same place, so that React Flow looks only at what has moved. */
function cardAt(id: string, place: Point): CardNode {
  const known = nodes.get(place);
  if (known?.id === id) return known;
  const node = cardNode(id, place);
  nodes.set(place, node);
  return node;
}

const cardNode = (id: string, { x, y }: Point): CardNode => ({
  id,
  type: 'stage',
  position: { x, y },
  width: CARD.width,
  height: CARD.height,
  measured: CARD,
  handles: HANDLES,
  // Selecting is the document's: React Flow knows but a part of the stages.
  selectable: false,
  domAttributes: QUIET_NODE,
  data: DATA,
});
