import '@xyflow/react/dist/base.css';
import { ReactFlowProvider } from '@xyflow/react';
import { Workflow } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { EmptyState } from '../empty-state.tsx';
import { Spinner } from '../spinner.tsx';
import { GraphCanvas } from './graph-canvas.tsx';
import { GraphContext, SelectionSource } from './graph-context.ts';
import type { GraphStage, StageStates } from './graph-stage.ts';
import type { StageForecasts } from './stage-forecast.ts';
import type { GraphMarks } from './stage-mark.ts';
import { useGraphLayout } from './use-graph-layout.ts';
import styles from './pipeline-graph.module.css';

export interface PipelineGraphProps {
  /** Memoise: a new list is looked at anew, one of the same shape is not laid out again. */
  readonly stages: readonly GraphStage[];
  /** The states of a run; leave out for the graph of a file. Keep the same object. */
  readonly states?: StageStates;
  /** What a simulation says of the stages; a new map draws the nodes anew and moves nothing. */
  readonly forecasts?: StageForecasts | undefined;
  /** What differs between two versions of which these are the stages; a new object draws the nodes anew. */
  readonly marks?: GraphMarks | undefined;
  readonly selectedId: string | null;
  /** A click or the arrow keys; null on Escape and on a click beside the nodes. */
  readonly onSelect: (id: string | null) => void;
  /** Enter or a double click. */
  readonly onOpen?: (id: string) => void;
  /** Space, or the mark on a node that stands for a matrix: folds it or unfolds it. */
  readonly onToggle?: (id: string) => void;
  /** Names it for a screen reader; default "Stages". */
  readonly label?: string;
}

/**
 * Stages as a graph from left to right. Laid out once per shape in a worker thread; states that change move nothing.
 * Arrow keys walk along the edges, Enter opens, Space folds a matrix, F shows all. Fills its parent.
 */
export function PipelineGraph({
  stages,
  states,
  forecasts,
  marks,
  selectedId,
  onSelect,
  onOpen,
  onToggle,
  label = 'Stages',
}: PipelineGraphProps) {
  const request = useGraphLayout(stages);
  const idPrefix = useId();
  const [selection] = useState(() => new SelectionSource());
  useEffect(() => selection.set(selectedId), [selection, selectedId]);
  const toggle = useRef(onToggle);
  useEffect(() => {
    toggle.current = onToggle;
  });
  const canToggle = onToggle !== undefined;
  const context = useMemo(
    () => ({
      states: states ?? null,
      forecasts: forecasts ?? null,
      marks: marks ?? null,
      selection,
      idPrefix,
      onToggle: canToggle ? (id: string) => toggle.current?.(id) : null,
    }),
    [states, forecasts, marks, selection, idPrefix, canToggle],
  );
  if (request.status === 'failed') {
    return (
      <EmptyState icon={<Workflow size={20} />} title="The graph could not be drawn">
        {request.message} The waterfall and the list of stages do not need it.
      </EmptyState>
    );
  }
  if (request.status === 'loading') {
    return (
      <div className={styles['loading']}>
        <Spinner label="Laying out the graph" />
      </div>
    );
  }
  return (
    <GraphContext value={context}>
      <ReactFlowProvider>
        <GraphCanvas
          stages={request.stages}
          layout={request.layout}
          selectedId={selectedId}
          onSelect={onSelect}
          onOpen={onOpen}
          label={label}
        />
      </ReactFlowProvider>
    </GraphContext>
  );
}
