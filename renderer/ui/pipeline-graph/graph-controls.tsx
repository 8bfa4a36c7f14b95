import { MiniMap, Panel, useReactFlow, type MiniMapNodeProps } from '@xyflow/react';
import { Maximize, Minus, Plus } from 'lucide-react';
import { IconButton } from '../icon-button.tsx';
import { statusTone } from '../status.ts';
import { toneColour } from '../tone.ts';
import { useForecast, useGraphStageState, useMark } from './graph-context.ts';
import { markTone } from './mark-icon.tsx';
import type { StageForecast } from './stage-forecast.ts';
import styles from './pipeline-graph.module.css';

/** Zoom buttons at the lower right. */
export function GraphControls({ onFit }: { readonly onFit: () => void }) {
  const { zoomIn, zoomOut } = useReactFlow();
  return (
    <Panel position="bottom-right" className={styles['controls']}>
      <IconButton label="Zoom out" size="small" icon={<Minus size={14} />} onClick={() => void zoomOut()} />
      <IconButton label="Show all" shortcut="f" size="small" icon={<Maximize size={14} />} onClick={onFit} />
      <IconButton label="Zoom in" size="small" icon={<Plus size={14} />} onClick={() => void zoomIn()} />
    </Panel>
  );
}

function MiniMapStage({ id, x, y, width, height }: MiniMapNodeProps) {
  const status = useGraphStageState(id)?.status;
  const forecast = useForecast(id);
  const mark = useMark(id)?.mark ?? 'same';
  const plain = forecast === undefined ? 'var(--border-strong)' : forecastColour(forecast);
  const marked = mark === 'same' ? plain : toneColour(markTone(mark));
  const fill = status === undefined ? marked : toneColour(statusTone(status));
  return <rect x={x} y={y} width={width} height={height} rx={8} fill={fill} />;
}

function forecastColour({ verdict, criticalAt }: StageForecast): string {
  if (verdict === 'skipped') return 'var(--border)';
  if (verdict === 'unknown' || verdict === 'fails') return toneColour('warning');
  return criticalAt === null ? 'var(--text-faint)' : toneColour('accent');
}

/** Where one is in a graph that does not fit. */
export function GraphMiniMap() {
  return (
    <MiniMap
      position="bottom-left"
      pannable
      zoomable
      ariaLabel="Map of the graph"
      nodeComponent={MiniMapStage}
      className={styles['map']}
    />
  );
}
