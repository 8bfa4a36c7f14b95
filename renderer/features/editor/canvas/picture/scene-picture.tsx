import { useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { useTheme } from '#renderer/theme/theme-store.ts';
import { artifactFlow, type FlowEdge } from '../artifact-flow.ts';
import { useCanvas, useCanvasStore, type CanvasState } from '../canvas-store.ts';
import { useDocument, usePipelineDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';
import { ScenePainter } from './scene-painter.ts';
import styles from '../editor-canvas.module.css';

const selectGraph = ({ graph }: CanvasState) => graph;
const selectShowsFlow = ({ showsFlow }: CanvasState) => showsFlow;
const selectAnalysis = ({ analysis }: DocumentState) => analysis;
const selectNothing = () => null;
const NO_FLOW: readonly FlowEdge[] = [];

/** The drawn half of the canvas, under the cards: the edges, and from afar the stages. */
export function ScenePicture() {
  const element = useRef<HTMLCanvasElement>(null);
  const flowStore = useStoreApi();
  const store = useCanvasStore();
  const document = usePipelineDocument();
  const theme = useTheme((state) => state.theme);
  const graph = useCanvas(selectGraph);
  const showsFlow = useCanvas(selectShowsFlow);
  // What flows is in the values; the graph may stay the same when they change.
  const analysis = useDocument<DocumentState['analysis']>(showsFlow ? selectAnalysis : selectNothing);
  const flow = useMemo(
    () => (analysis === null ? NO_FLOW : artifactFlow(graph, analysis.value)),
    [graph, analysis],
  );
  useEffect(() => {
    const painter = new ScenePainter(element.current!, () => {
      const [x, y, zoom] = flowStore.getState().transform;
      return {
        state: store.getState(),
        selection: document.getState().selection.stages,
        viewport: { x, y, zoom },
        flow,
      };
    });
    const ends = [
      flowStore.subscribe((state, before) => {
        if (state.transform !== before.transform) painter.move();
        else if (state.width !== before.width || state.height !== before.height) painter.change();
      }),
      store.subscribe(() => painter.change()),
      document.subscribe((state, before) => {
        if (state.selection !== before.selection) painter.change();
      }),
    ];
    painter.change();
    return () => {
      for (const end of ends) end();
      painter.stop();
    };
  }, [flowStore, store, document, flow, theme]);
  return <canvas ref={element} className={styles['picture']} aria-hidden />;
}
