import {
  useConnection,
  useReactFlow,
  type ConnectionLineComponentProps,
  type OnConnectEnd,
} from '@xyflow/react';
import { useCallback } from 'react';
import { edgePath } from '#renderer/ui/pipeline-graph/edge-path.ts';
import { useCanvasCommands } from './canvas-commands-context.ts';
import { useCanvasStore } from './canvas-store.ts';
import type { CardNode } from './card-nodes.ts';
import { stepLine } from './scene/edge-line.ts';
import { CARD, type Point } from './scene/sizes.ts';
import { connectProblem, type EdgeRef } from './scene/stage-graph.ts';
import styles from './editor-canvas.module.css';

type HandleSide = 'source' | 'target';

const edgeOf = (from: string, side: HandleSide, to: string): EdgeRef =>
  side === 'source' ? { source: from, target: to } : { source: to, target: from };

const clientPoint = (event: MouseEvent | TouchEvent): Point => {
  const { clientX, clientY } = 'changedTouches' in event ? event.changedTouches[0]! : event;
  return { x: clientX, y: clientY };
};

/** What letting go of a line does: connects, or on empty canvas offers the palette and connects what is picked. */
export function useConnectEnd(): OnConnectEnd {
  const { screenToFlowPosition } = useReactFlow();
  const store = useCanvasStore();
  const commands = useCanvasCommands();
  return useCallback(
    (event, { fromNode, fromHandle, toNode, isValid }) => {
      if (fromNode === null) return;
      const screen = clientPoint(event);
      const at = screenToFlowPosition(screen, { snapToGrid: false });
      const hit = store.getState().scene.stageAt(at) ?? (isValid === true ? toNode?.id : undefined);
      if (hit === fromNode.id) return;
      if (hit !== undefined) {
        void commands.connect(edgeOf(fromNode.id, fromHandle.type, hit));
        return;
      }
      const place = { x: fromHandle.type === 'source' ? at.x : at.x - CARD.width, y: at.y - CARD.height / 2 };
      commands.openPalette(screen, {
        at: place,
        ...(fromHandle.type === 'source' ? { needs: [fromNode.id] } : { neededBy: fromNode.id }),
      });
    },
    [screenToFlowPosition, store, commands],
  );
}

/** The line that is being drawn. */
export function ConnectLine({ fromX, fromY, toX, toY, fromHandle }: ConnectionLineComponentProps<CardNode>) {
  const [from, to] = [
    { x: fromX, y: fromY },
    { x: toX, y: toY },
  ];
  const line = fromHandle.type === 'source' ? stepLine(from, to) : stepLine(to, from);
  return <path className={styles['connectLine']} d={edgePath(line)} />;
}

/** At the pointer: why the stage under it cannot be connected, or what would come of it. */
export function ConnectHint() {
  const store = useCanvasStore();
  const { flowToScreenPosition } = useReactFlow();
  const hint = useConnection<CardNode, string | null>((connection) => {
    if (!connection.inProgress) return null;
    const { graph, scene } = store.getState();
    const hit = scene.stageAt(connection.to);
    if (hit === null || hit === connection.fromNode.id) return null;
    const edge = edgeOf(connection.fromNode.id, connection.fromHandle.type, hit);
    const problem = connectProblem(graph, edge);
    const { x, y } = connection.to;
    return JSON.stringify({ x, y, problem, words: `${edge.target} needs ${edge.source}` });
  });
  if (hint === null) return null;
  const { x, y, problem, words } = JSON.parse(hint) as {
    x: number;
    y: number;
    problem: string | null;
    words: string;
  };
  const { x: left, y: top } = flowToScreenPosition({ x, y });
  return (
    <div className={styles['connectHint']} data-refused={problem !== null || undefined} style={{ left, top }}>
      {problem ?? words}
    </div>
  );
}
