import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { FileOutput, FlaskConical, ListOrdered, ShieldOff, Timer } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StageState } from '#shared/run/run-state.ts';
import { Duration } from '../duration.tsx';
import { StatusIcon } from '../status-icon.tsx';
import { statusLabel } from '../status.ts';
import { useGraphContext, useGraphStageState, useIsSelected } from './graph-context.ts';
import type { GraphStage, StageBadge } from './graph-stage.ts';
import styles from './stage-node.module.css';

export type StageNodeType = Node<{ readonly stage: GraphStage }, 'stage'>;

const BADGES: Record<StageBadge, { readonly icon: ReactNode; readonly label: string }> = {
  'continue-on-error': { icon: <ShieldOff size={12} />, label: 'Its failure does not fail the run' },
  timeout: { icon: <Timer size={12} />, label: 'Has a time limit' },
  artifacts: { icon: <FileOutput size={12} />, label: 'Keeps artifacts' },
  reports: { icon: <FlaskConical size={12} />, label: 'Reports tests' },
  steps: { icon: <ListOrdered size={12} />, label: 'Has several steps' },
};

const isAllowedFailure = (stage: GraphStage, state: StageState | undefined): boolean =>
  stage.badges?.includes('continue-on-error') === true &&
  (state?.status === 'failed' || state?.status === 'timed-out' || state?.status === 'infra-error');

const msOf = (at: string | null): number | null => (at === null ? null : Date.parse(at));

/** What stands in the second line: how long, or what it waits for. */
function Second({ stage, state }: { readonly stage: GraphStage; readonly state: StageState | undefined }) {
  if (state === undefined) return stage.kind;
  if (state.startedAt === null) return statusLabel(state.status).toLowerCase();
  return (
    <>
      <Duration startedAt={msOf(state.startedAt)} finishedAt={msOf(state.finishedAt)} />
      {isAllowedFailure(stage, state) && <span>· may fail</span>}
      {state.attempts.length > 1 && <span>· attempt {state.attempts.length}</span>}
    </>
  );
}

/** One stage in the graph; follows its own state and no other. */
export function StageNode({ data: { stage } }: NodeProps<StageNodeType>) {
  const { idPrefix } = useGraphContext();
  const state = useGraphStageState(stage.id);
  const isSelected = useIsSelected(stage.id);
  const status = state?.status;
  return (
    <div
      id={`${idPrefix}-${stage.id}`}
      role="option"
      aria-selected={isSelected}
      aria-label={status === undefined ? stage.name : `${stage.name}, ${statusLabel(status)}`}
      className={styles['node']}
      data-status={status}
      data-allowed={isAllowedFailure(stage, state) || undefined}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} className={styles['handle']} />
      {status !== undefined && <StatusIcon status={status} decorative />}
      <span className={styles['words']}>
        <span className={styles['name']} title={stage.name}>
          {stage.name}
        </span>
        <span className={styles['second']}>
          <Second stage={stage} state={state} />
        </span>
      </span>
      {state === undefined && stage.badges !== undefined && (
        <span className={styles['badges']}>
          {stage.badges.map((badge) => (
            <span key={badge} title={BADGES[badge].label} role="img" aria-label={BADGES[badge].label}>
              {BADGES[badge].icon}
            </span>
          ))}
        </span>
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} className={styles['handle']} />
    </div>
  );
}
