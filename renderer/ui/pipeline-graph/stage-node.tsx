import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { progressWords } from '#shared/run/progress.ts';
import { lockWords } from '#shared/run/queue-words.ts';
import type { StageState } from '#shared/run/run-state.ts';
import { Countdown } from '../countdown.tsx';
import { Duration } from '../duration.tsx';
import { StatusIcon } from '../status-icon.tsx';
import { statusLabel } from '../status.ts';
import { ForecastIcon, forecastLabel, ForecastWords } from './forecast-parts.tsx';
import { useForecast, useGraphContext, useGraphStageState, useIsSelected, useMark } from './graph-context.ts';
import type { GraphStage } from './graph-stage.ts';
import { FoldMark, foldWords, LegBar, LegFigures, useLegCounts } from './group-parts.tsx';
import { legCountWords, type LegCounts } from './count-legs.ts';
import { MarkIcon } from './mark-icon.tsx';
import { ProgressLine, progressOfNode, ProgressPercent } from './node-progress.tsx';
import type { StageForecast } from './stage-forecast.ts';
import type { MarkedStage } from './stage-mark.ts';
import { StageBadges } from './stage-badges.tsx';
import styles from './stage-node.module.css';

export type StageNodeType = Node<{ readonly stage: GraphStage }, 'stage'>;

const isAllowedFailure = (stage: GraphStage, state: StageState | undefined): boolean =>
  stage.badges?.includes('continue-on-error') === true &&
  (state?.status === 'failed' || state?.status === 'timed-out' || state?.status === 'infra-error');

/** It waits after a failure or at a breakpoint. */
const isPaused = (state: StageState | undefined): boolean =>
  state?.status === 'running' && state.attempts.at(-1)?.paused !== undefined;

const msOf = (at: string | null): number | null => (at === null ? null : Date.parse(at));

/** What stands in the second line: how long, or what it waits for. */
function Second({ stage, state }: { readonly stage: GraphStage; readonly state: StageState | undefined }) {
  if (state === undefined) return <span className={styles['kind']}>{stage.kind}</span>;
  if (state.queuedFor !== null) return <Queued reason={state.queuedFor} />;
  if (isPaused(state)) return 'paused';
  if (state.status === 'waiting-approval') return 'waits for approval';
  if (state.reusedFrom !== null) return 'reused';
  // An interrupted attempt has left it ready to be run again.
  if (state.startedAt === null || state.status === 'ready') return statusLabel(state.status).toLowerCase();
  const progress = progressOfNode(state);
  return (
    <>
      <Duration startedAt={msOf(state.startedAt)} finishedAt={msOf(state.finishedAt)} />
      {progress !== null && <ProgressPercent progress={progress} />}
      {isAllowedFailure(stage, state) && <span>· may fail</span>}
      {state.attempts.length > 1 && <span>· attempt {state.attempts.length}</span>}
    </>
  );
}

function SecondLine({
  stage,
  state,
  legs,
  forecast,
  marked,
}: {
  readonly stage: GraphStage;
  readonly state: StageState | undefined;
  readonly legs: LegCounts | null;
  readonly forecast: StageForecast | undefined;
  readonly marked: MarkedStage | undefined;
}) {
  if (marked !== undefined)
    return (
      <span className={styles['kind']} title={marked.words}>
        {marked.words}
      </span>
    );
  if (forecast !== undefined) return <ForecastWords {...forecast} />;
  return (
    <>
      {legs === null ? <Second stage={stage} state={state} /> : <LegFigures counts={legs} />}
      {state === undefined && stage.badges !== undefined && <StageBadges badges={stage.badges} />}
    </>
  );
}

function Queued({ reason }: { readonly reason: NonNullable<StageState['queuedFor']> }) {
  if (reason.type === 'locks') return `waits for ${lockWords(reason)}`;
  return (
    <span>
      again in <Countdown until={Date.parse(reason.until)} />
    </span>
  );
}

/** What a screen reader says of the node. */
function nodeLabel(
  { name, group, hasBreakpoint = false }: GraphStage,
  state: StageState | undefined,
  legs: LegCounts | null,
) {
  const status = state === undefined ? [] : [isPaused(state) ? 'Paused' : statusLabel(state.status)];
  const progress = progressOfNode(state);
  const words = [
    name,
    ...status,
    ...(progress === null ? [] : [progressWords(progress)]),
    ...(hasBreakpoint ? ['breakpoint'] : []),
  ].join(', ');
  if (group === undefined || legs === null || legs.total === 0) return words;
  return `${words}, ${legCountWords(legs)}`;
}

/** One stage in the graph; follows its own state and no other. */
export function StageNode({ data: { stage } }: NodeProps<StageNodeType>) {
  const { idPrefix, onToggle } = useGraphContext();
  const state = useGraphStageState(stage.id);
  const isSelected = useIsSelected(stage.id);
  const legs = useLegCounts(stage.group);
  const forecast = useForecast(stage.id);
  const marked = useMark(stage.id);
  const status = state?.status;
  const hasLegs = legs !== null && legs.total > 0;
  const progress = progressOfNode(state);
  return (
    <div
      id={`${idPrefix}-${stage.id}`}
      role="option"
      aria-selected={isSelected}
      aria-label={
        marked !== undefined
          ? `${stage.name}, ${marked.words}`
          : forecast === undefined
            ? nodeLabel(stage, state, legs)
            : `${stage.name}, ${forecastLabel(forecast)}`
      }
      aria-description={foldWords(stage.group, onToggle !== null)}
      className={styles['node']}
      data-status={isPaused(state) ? 'waiting-approval' : status}
      data-verdict={forecast?.verdict}
      data-mark={marked?.mark}
      data-critical={(forecast !== undefined && forecast.criticalAt !== null) || undefined}
      data-group={stage.group?.isFolded || undefined}
      data-allowed={isAllowedFailure(stage, state) || undefined}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} className={styles['handle']} />
      {status !== undefined && (
        <StatusIcon status={isPaused(state) ? 'waiting-approval' : status} decorative />
      )}
      {stage.hasBreakpoint === true && (
        <span className={styles['breakpoint']} title="The run waits here before the first step" />
      )}
      {forecast !== undefined && <ForecastIcon verdict={forecast.verdict} />}
      {marked !== undefined && marked.mark !== 'same' && <MarkIcon mark={marked.mark} />}
      <span className={styles['words']}>
        <span className={styles['first']}>
          <span className={styles['name']} title={stage.name}>
            {stage.name}
          </span>
          {hasLegs && <span className={styles['count']}>×{legs.total}</span>}
        </span>
        <span className={styles['second']}>
          <SecondLine
            stage={stage}
            state={state}
            legs={hasLegs ? legs : null}
            forecast={forecast}
            marked={marked}
          />
        </span>
      </span>
      {stage.group !== undefined && <FoldMark stage={stage} group={stage.group} />}
      {hasLegs && stage.group?.isFolded === true && <LegBar counts={legs} />}
      {progress !== null && <ProgressLine progress={progress} />}
      <Handle type="source" position={Position.Right} isConnectable={false} className={styles['handle']} />
    </div>
  );
}
