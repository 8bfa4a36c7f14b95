import { Maximize2, X } from 'lucide-react';
import { useState } from 'react';
import { Duration } from '#renderer/ui/duration.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import { ProgressBar } from '#renderer/ui/progress-bar.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import { progressShare } from '#shared/run/progress.ts';
import { useShownStatus, useStage } from '../run-context.ts';
import type { RunSlots } from '../run-slots.ts';
import { attemptStatus } from '../stage-words.ts';
import { ApprovalBox } from './approval-box.tsx';
import { AttemptList } from './attempt-list.tsx';
import { FailureActions } from './failure-actions.tsx';
import { chosenLog, logPicker, serviceOf } from './log-picker.tsx';
import { LegList } from './leg-list.tsx';
import { StageFacts } from './stage-facts.tsx';
import { StageResults } from './stage-results.tsx';
import { StepList } from './step-list.tsx';
import { UsageChart } from './usage-chart.tsx';
import styles from './stage-panel.module.css';

interface StagePanelProps {
  readonly runId: RunId;
  readonly planned: PlannedStage;
  readonly log: RunSlots['log'];
  readonly onSelect: (stage: StageId | null) => void;
  /** Of the stage or a service, if somebody chose one. */
  readonly wantedLog: StageId | null;
  readonly onWantLog: (log: StageId) => void;
}

/** The selected stage: how it stands, what came out, and the end of its log. */
export function StagePanel({ runId, planned, log, onSelect, wantedLog, onWantLog }: StagePanelProps) {
  const stage = useStage(planned.id);
  const shown = useShownStatus(planned.id) ?? 'pending';
  const [chosenAttempt, setChosen] = useState<number | null>(null);
  if (stage === undefined) return null;
  const shownLog = chosenLog(planned, wantedLog, planned.id);
  const last = stage.attempts.length;
  const number = Math.min(chosenAttempt ?? last, last);
  const attempt = stage.attempts[number - 1];
  const openLog = (): void => {
    const service = serviceOf(planned, shownLog);
    if (number > 0)
      navigate({
        ...{ screen: 'log', runId, stage: planned.id, attempt: number },
        ...(service !== null && { service }),
      });
  };
  // A matrix, an approval and reused results have nothing of their own to print.
  const hasLog =
    number > 0 || (planned.matrix === null && planned.approval === null && stage.reusedFrom === null);
  const facts = (
    <div className={styles['facts']}>
      <div className={styles['lead']}>
        {planned.approval !== null && (
          <ApprovalBox runId={runId} name={planned.name} stage={stage} planned={planned.approval} />
        )}
        <FailureActions runId={runId} planned={planned} attempt={attempt} />
        <StageFacts runId={runId} planned={planned} stage={stage} attempt={attempt} onSelect={onSelect} />
      </div>
      {planned.matrix !== null && <LegList matrix={planned.matrix} onSelect={onSelect} />}
      <AttemptList
        stage={stage}
        retries={planned.retry?.max ?? 0}
        selected={number}
        onSelect={(chosen) => setChosen(chosen === last ? null : chosen)}
      />
      {planned.steps.length > 1 && (
        <Section title="Steps" count={planned.steps.length}>
          <StepList planned={planned} attempt={attempt} />
        </Section>
      )}
      <StageResults stage={stage} runId={runId} />
      {attempt?.usage !== undefined && (
        <UsageChart usage={attempt.usage} limits={planned.resources ?? null} />
      )}
    </div>
  );
  return (
    <aside className={styles['panel']} aria-label={`Stage ${planned.name}`}>
      <header className={styles['header']}>
        {attempt?.paused === undefined ? (
          <StatusIcon status={shown} />
        ) : (
          // Its words are among the facts.
          <StatusIcon status="waiting-approval" decorative />
        )}
        <h2 className={styles['name']} title={planned.name}>
          {planned.name}
        </h2>
        <span className={styles['duration']}>
          {attempt !== undefined && (
            <Duration
              startedAt={Date.parse(attempt.startedAt)}
              finishedAt={attempt.finishedAt === null ? null : Date.parse(attempt.finishedAt)}
            />
          )}
        </span>
        <IconButton
          label="Open the log"
          shortcut="l"
          size="small"
          icon={<Maximize2 size={14} />}
          disabled={number === 0}
          onClick={openLog}
        />
        <IconButton
          label="Close"
          shortcut="escape"
          size="small"
          icon={<X size={14} />}
          onClick={() => onSelect(null)}
        />
        {attempt?.progress !== undefined && attempt.outcome === null && (
          <span className={styles['progress']}>
            <ProgressBar label={`Progress of ${planned.name}`} value={progressShare(attempt.progress)} />
          </span>
        )}
      </header>
      {hasLog ? (
        <Panes id="stage" direction="vertical">
          <Pane id="facts" defaultSize="46%" minSize={96}>
            {facts}
          </Pane>
          <PaneHandle label="Resize the log" />
          <Pane id="log" minSize={96}>
            {log({
              runId,
              stage: shownLog,
              attempt: number,
              status: number === last || attempt === undefined ? stage.status : attemptStatus(attempt),
              startedAt: attempt?.startedAt ?? null,
              variant: 'embedded',
              picker: logPicker(planned, shownLog, onWantLog),
            })}
          </Pane>
        </Panes>
      ) : (
        facts
      )}
    </aside>
  );
}
