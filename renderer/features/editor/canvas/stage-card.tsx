import { Handle, Position, type NodeProps } from '@xyflow/react';
import { CircleX, Lock, ShieldCheck, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { StageBadges } from '#renderer/ui/pipeline-graph/stage-badges.tsx';
import { useDocument } from '../document/document-context.ts';
import { BreakpointMark } from './breakpoint-mark.tsx';
import { useHasBreakpoint } from './breakpoint-place.ts';
import type { CardNode } from './card-nodes.ts';
import type { CanvasStage } from './canvas-graph.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import { KindIcon } from './palette/kind-icon.tsx';
import { kindWords } from './palette/kind-words.ts';
import { cardId, cardLabel, summaryWords } from './card-words.ts';
import styles from './stage-card.module.css';

/** One stage on the canvas; renders again when it changes and not for any other. */
export const StageCard = memo(function StageCard({ id }: NodeProps<CardNode>) {
  const stage = useCanvas((state) => state.graph.stages.get(id));
  const isSelected = useIsSelected(id);
  const isTarget = useCanvas((state) => state.connecting?.target === id);
  const isDrop = useCanvas((state) => state.dropStage === id);
  const hasBreakpoint = useHasBreakpoint(id);
  const prefix = useCanvasStore().getState().idPrefix;
  if (stage === undefined) return null;
  const summary = summaryWords(stage);
  return (
    <div
      id={cardId(prefix, id)}
      role="option"
      aria-selected={isSelected}
      aria-label={cardLabel(stage, hasBreakpoint === true)}
      className={styles['card']}
      data-invalid={stage.errors > 0 || undefined}
      data-included={stage.isIncluded || undefined}
      data-target={isTarget || isDrop || undefined}
    >
      <Handle type="target" position={Position.Left} className={styles['handle']} aria-hidden />
      {hasBreakpoint !== null && <BreakpointMark id={id} isSet={hasBreakpoint} />}
      <span className={styles['icon']}>
        <KindIcon kind={stage.kind} />
      </span>
      <span className={styles['words']}>
        <FirstLine stage={stage} />
        {summary !== '' && (
          <span className={styles['summary']} title={summary}>
            {summary}
          </span>
        )}
        <span className={styles['facts']}>
          <span className={styles['kind']}>
            {kindWords(stage.kind)}
            {stage.runsOn !== null && ` · ${stage.runsOn}`}
          </span>
          {stage.hasGate && (
            <span
              className={styles['gate']}
              title="Its results are judged by a gate"
              role="img"
              aria-label="Gate"
            >
              <ShieldCheck size={12} />
            </span>
          )}
          {stage.badges.length > 0 && <StageBadges badges={stage.badges} />}
        </span>
      </span>
      <Handle type="source" position={Position.Right} className={styles['handle']} aria-hidden />
    </div>
  );
});

function useIsSelected(id: string): boolean {
  const marquee = useCanvas((state) => state.marquee?.has(id));
  const isSelected = useDocument((state) => state.selection.stages.includes(id));
  return marquee ?? isSelected;
}

function FirstLine({ stage }: { readonly stage: CanvasStage }) {
  const { errors, warnings, legs } = stage;
  return (
    <span className={styles['first']}>
      <span className={styles['name']} title={stage.name}>
        {stage.name}
      </span>
      {legs !== null && <span className={styles['legs']}>×{legs}</span>}
      {stage.isIncluded && (
        <span className={styles['note']} title="From an included file: change it there">
          <Lock size={12} />
        </span>
      )}
      {errors + warnings > 0 && (
        <span
          className={styles['problems']}
          data-severity={errors > 0 ? 'error' : 'warning'}
          title={problemWords(errors, warnings)}
        >
          {errors > 0 ? <CircleX size={12} /> : <TriangleAlert size={12} />}
          {errors + warnings}
        </span>
      )}
    </span>
  );
}

const problemWords = (errors: number, warnings: number): string =>
  [
    errors > 0 && `${errors} ${errors === 1 ? 'error' : 'errors'}`,
    warnings > 0 && `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
  ]
    .filter(Boolean)
    .join(', ');
