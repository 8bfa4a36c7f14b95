import '@xyflow/react/dist/base.css';
import { Background, BackgroundVariant, ReactFlow, useReactFlow, type Connection } from '@xyflow/react';
import { useCallback, useState, type MouseEvent } from 'react';
import { quietFlow } from '#renderer/ui/pipeline-graph/quiet-flow.ts';
import { usePipelineDocument } from '../document/document-context.ts';
import { useCanvasCommands } from './canvas-commands-context.ts';
import { useCanvas, useCanvasStore, type CanvasState } from './canvas-store.ts';
import { useCardNodes, type CardNode } from './card-nodes.ts';
import { ScenePicture } from './picture/scene-picture.tsx';
import { GRID } from './scene/sizes.ts';
import { connectProblem } from './scene/stage-graph.ts';
import { StageCard } from './stage-card.tsx';
import cards from './stage-card.module.css';
import { useCamera, ZOOM } from './surface-camera.ts';
import { ConnectHint, ConnectLine, useConnectEnd } from './surface-connect.tsx';
import { useStageDrag } from './surface-drag.ts';
import { useFraming } from './surface-framing.ts';
import { useMarquee } from './surface-marquee.ts';
import { useViewLevel } from './surface-view.ts';

const NODE_TYPES = { stage: StageCard };
const SNAP_GRID: [number, number] = [GRID, GRID];
const PRO_OPTIONS = { hideAttribution: true };
/** The middle button; the left one draws a box. */
const PAN_BUTTONS = [1];
const ignore = (): void => undefined;

const selectLevel = ({ view }: CanvasState) => view.level;
const selectSnaps = ({ snaps }: CanvasState) => snaps;

/** What is drawn and dragged. Expects a `ReactFlowProvider` and the canvas's contexts around it. */
export function CanvasSurface({ isReadOnly }: { readonly isReadOnly: boolean }) {
  const nodes = useCardNodes();
  const snaps = useCanvas(selectSnaps);
  const level = useCanvas(selectLevel);
  const store = useCanvasStore();
  useCamera();
  const onMoveStart = useFraming();
  useViewLevel();
  const drag = useStageDrag();
  const marquee = useMarquee();
  const onConnectEnd = useConnectEnd();
  const clicks = useClicks();
  const isValid = useCallback(
    ({ source, target }: Pick<Connection, 'source' | 'target'>) =>
      connectProblem(store.getState().graph, { source, target }) === null,
    [store],
  );
  return (
    <ReactFlow<CardNode>
      ref={quietFlow}
      className={level === 'names' ? cards['names'] : undefined}
      nodes={nodes}
      nodeTypes={NODE_TYPES}
      // Places and selection are the document's: what React Flow would change comes by the handlers below.
      onNodesChange={ignore}
      {...drag}
      {...marquee}
      {...clicks}
      onConnectEnd={onConnectEnd}
      isValidConnection={isValid}
      connectionLineComponent={ConnectLine}
      connectOnClick={false}
      nodesConnectable={!isReadOnly}
      nodesFocusable={false}
      nodeDragThreshold={3}
      snapToGrid={snaps}
      snapGrid={SNAP_GRID}
      selectionOnDrag
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      deleteKeyCode={null}
      disableKeyboardA11y
      panOnDrag={PAN_BUTTONS}
      panOnScroll
      onMoveStart={onMoveStart}
      zoomOnDoubleClick={false}
      minZoom={ZOOM.least}
      maxZoom={ZOOM.most}
      proOptions={PRO_OPTIONS}
    >
      <Background variant={BackgroundVariant.Dots} gap={GRID * 3} size={1.5} color="var(--border-strong)" />
      <ScenePicture />
      <ConnectHint />
    </ReactFlow>
  );
}

/** The selection by mouse: one, with Shift or Ctrl one more or less; an edge; nothing. */
function useClicks() {
  const store = useCanvasStore();
  const document = usePipelineDocument();
  const commands = useCanvasCommands();
  const { screenToFlowPosition, getZoom } = useReactFlow();
  const [clicks] = useState(() => ({
    onNodeClick(event: MouseEvent, { id }: CardNode) {
      const { stages } = document.getState().selection;
      if (!event.shiftKey && !event.ctrlKey && !event.metaKey) commands.select([id]);
      else if (stages.includes(id)) commands.select(stages.filter((other) => other !== id));
      else commands.select([...stages, id]);
    },
    onNodeDoubleClick(_: MouseEvent, { id }: CardNode) {
      const { calls } = store.getState().graph.stages.get(id) ?? {};
      if (calls !== null && calls !== undefined) commands.showScope(calls);
      else commands.openRename(id);
    },
    onPaneClick(event: MouseEvent) {
      const point = screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
      const edge = store.getState().scene.edgeAt(point, 8 / getZoom());
      commands.select([]);
      if (edge !== null) store.setState({ selectedEdge: { source: edge.source, target: edge.target } });
    },
  }));
  return clicks;
}
