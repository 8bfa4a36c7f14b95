import type { Edge, EdgeProps } from '@xyflow/react';
import { edgeFlow } from './edge-flow.ts';
import { useForecast, useGraphContext, useGraphStageState } from './graph-context.ts';
import { forecastFlow } from './stage-forecast.ts';
import { markOfEdge } from './stage-mark.ts';
import styles from './stage-edge.module.css';

export type StageEdgeType = Edge<{ readonly path: string }, 'stage'>;

/** The line from a stage to one that needs it; drawn where the layout put it, moving while work flows through. */
export function StageEdge({ source, target, data }: EdgeProps<StageEdgeType>) {
  const { marks } = useGraphContext();
  const [from, to] = [useForecast(source), useForecast(target)];
  const lived = edgeFlow(useGraphStageState(source)?.status, useGraphStageState(target)?.status);
  const forecast = from === undefined ? lived : forecastFlow(from, to);
  const flow = marks === null ? forecast : markOfEdge(marks, source, target);
  const path = data?.path ?? '';
  return (
    <g className={styles['edge']} data-flow={flow}>
      <path className={styles['line']} d={path} markerEnd={`url(#stage-edge-${flow})`} />
      {flow === 'flowing' && <path className={styles['stream']} d={path} />}
    </g>
  );
}

/** The arrow heads, one per look, since a marker cannot take the colour of its line. Once per graph. */
export function EdgeMarkers() {
  return (
    <svg className={styles['markers']} aria-hidden>
      <defs>
        {(['waiting', 'flowing', 'passed', 'blocked', 'critical', 'added', 'removed'] as const).map(
          (flow) => (
            <marker
              key={flow}
              id={`stage-edge-${flow}`}
              className={styles['edge']}
              data-flow={flow}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path className={styles['head']} d="M1 1 7 4 1 7z" />
            </marker>
          ),
        )}
      </defs>
    </svg>
  );
}
