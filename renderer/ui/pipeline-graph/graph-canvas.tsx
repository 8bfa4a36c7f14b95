import { ReactFlow } from '@xyflow/react';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { edgePath } from './edge-path.ts';
import { NODE_HEIGHT, NODE_WIDTH } from './elk-graph.ts';
import { firstViewport, fitsRoom } from './first-viewport.ts';
import { useGraphContext } from './graph-context.ts';
import { GraphControls, GraphMiniMap } from './graph-controls.tsx';
import type { GraphStage } from './graph-stage.ts';
import type { GraphLayout } from './layout-graph.ts';
import { QUIET_NODE, quietFlow } from './quiet-flow.ts';
import { EdgeMarkers, StageEdge, type StageEdgeType } from './stage-edge.tsx';
import { StageNode, type StageNodeType } from './stage-node.tsx';
import { useGraphViewport } from './use-graph-viewport.ts';
import { isArrow, walkGraph } from './walk-graph.ts';
import styles from './pipeline-graph.module.css';

const NODE_TYPES = { stage: StageNode };
const EDGE_TYPES = { stage: StageEdge };
const LARGE = 200;

interface GraphCanvasProps {
  readonly stages: readonly GraphStage[];
  readonly layout: GraphLayout;
  readonly selectedId: string | null;
  readonly onSelect: (id: string | null) => void;
  readonly onOpen: ((id: string) => void) | undefined;
  readonly label: string;
}

/** The drawing surface with its keys. Expects a `GraphContext` and a `ReactFlowProvider` around it. */
export function GraphCanvas({ stages, layout, selectedId, onSelect, onOpen, label }: GraphCanvasProps) {
  const { idPrefix, onToggle } = useGraphContext();
  const [room, setRoom] = useState<HTMLDivElement | null>(null);
  const { fit, onMoved } = useGraphViewport(room, layout, selectedId);
  const nodes = useMemo(
    () =>
      stages.map((stage): StageNodeType => ({
        id: stage.id,
        type: 'stage',
        position: layout.nodes.get(stage.id) ?? { x: 0, y: 0 },
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
        data: { stage },
        domAttributes: QUIET_NODE,
      })),
    [stages, layout],
  );
  const edges = useMemo(
    () =>
      layout.edges.map(({ id, source, target, points }): StageEdgeType => ({
        id,
        source,
        target,
        type: 'stage',
        data: { path: edgePath(points) },
      })),
    [layout],
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isArrow(event.key)) {
      const next = walkGraph(layout, selectedId, event.key);
      if (next !== null) onSelect(next);
    } else if (event.key === 'Enter' && selectedId !== null) onOpen?.(selectedId);
    else if (event.key === 'Escape' && selectedId !== null) onSelect(null);
    else if (event.key === ' ' && selectedId !== null && onToggle !== null) onToggle(selectedId);
    else if (event.key === 'f') fit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isCut = room !== null && !fitsRoom(layout, { width: room.clientWidth, height: room.clientHeight });
  return (
    <div className={styles['frame']}>
      <div
        ref={setRoom}
        role="listbox"
        aria-label={label}
        aria-activedescendant={selectedId === null ? undefined : `${idPrefix}-${selectedId}`}
        tabIndex={0}
        className={styles['graph']}
        onKeyDown={onKeyDown}
      >
        <EdgeMarkers />
        {room !== null && (
          <ReactFlow
            ref={quietFlow}
            nodes={nodes}
            edges={edges}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
            defaultViewport={firstViewport(layout, { width: room.clientWidth, height: room.clientHeight })}
            minZoom={0.05}
            maxZoom={1.5}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            disableKeyboardA11y
            deleteKeyCode={null}
            panOnScroll
            zoomOnDoubleClick={false}
            onlyRenderVisibleElements={stages.length > LARGE}
            proOptions={{ hideAttribution: true }}
            onMove={(event) => {
              if (event !== null) onMoved();
            }}
            onNodeClick={(_, node) => onSelect(node.id)}
            onNodeDoubleClick={(_, node) => onOpen?.(node.id)}
            onPaneClick={() => onSelect(null)}
          />
        )}
      </div>
      <GraphControls onFit={fit} />
      {isCut && <GraphMiniMap />}
    </div>
  );
}
