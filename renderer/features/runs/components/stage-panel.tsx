import { Maximize2, X } from 'lucide-react';
import { useState } from 'react';
import { Duration } from '#renderer/ui/duration.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { statusLabel } from '#renderer/ui/status.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import { useStage } from '../run-context.ts';
import type { RunSlots } from '../run-slots.ts';
import { attemptStatus, outcomeWords, skipWords } from '../stage-words.ts';
import { StageResults } from './stage-results.tsx';
import { StepList } from './step-list.tsx';
import styles from './stage-panel.module.css';

interface StagePanelProps {
  readonly runId: RunId;
  readonly planned: PlannedStage;
  readonly log: RunSlots['log'];
  readonly onSelect: (stage: StageId | null) => void;
}

/** The selected stage: how it stands, what came out, and the end of its log. */
export function StagePanel({ runId, planned, log, onSelect }: StagePanelProps) {
  const stage = useStage(planned.id);
  const [chosen, setChosen] = useState<number | null>(null);
  if (stage === undefined) return null;
  const last = stage.attempts.length;
  const number = Math.min(chosen ?? last, last);
  const attempt = stage.attempts[number - 1];
  const openLog = (): void => {
    if (number > 0) navigate({ screen: 'log', runId, stage: planned.id, attempt: number });
  };
  return (
    <aside className={styles['panel']} aria-label={`Stage ${planned.name}`}>
      <header className={styles['header']}>
        <StatusIcon status={stage.status} />
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
      </header>
      <Panes id="stage" direction="vertical">
        <Pane id="facts" defaultSize="46%" minSize={96}>
          <div className={styles['facts']}>
            <div className={styles['lead']}>
              {last > 1 && (
                <Select
                  label="Attempt"
                  hideLabel
                  size="small"
                  value={String(number)}
                  onValueChange={(value) => setChosen(Number(value) === last ? null : Number(value))}
                  options={stage.attempts.map((each) => ({
                    value: String(each.number),
                    label: `Attempt ${each.number} of ${last}`,
                    icon: <StatusIcon status={attemptStatus(each)} size={14} />,
                  }))}
                />
              )}
              <Facts
                items={[
                  { label: 'Status', value: statusLabel(stage.status) },
                  { label: 'Ended with', value: attempt === undefined ? null : outcomeWords(attempt) },
                  { label: 'Why', value: skipWords(stage) },
                  {
                    label: 'Kind',
                    value: planned.kind === 'run' || planned.kind === 'steps' ? null : planned.kind,
                  },
                  {
                    label: 'Needs',
                    value:
                      planned.needs.length === 0
                        ? null
                        : planned.needs.map((need) => (
                            <RouteLink
                              key={need}
                              className={styles['need']}
                              to={{ screen: 'run', runId, stage: need }}
                              onClick={(event) => {
                                event.preventDefault();
                                onSelect(need);
                              }}
                            >
                              {need}
                            </RouteLink>
                          )),
                  },
                  {
                    label: 'Limit',
                    value: planned.timeoutMs === null ? null : formatDuration(planned.timeoutMs),
                  },
                  {
                    label: 'On failure',
                    value: planned.continueOnError ? 'the run goes on and may succeed' : null,
                  },
                ]}
              />
            </div>
            {planned.steps.length > 1 && (
              <Section title="Steps" count={planned.steps.length}>
                <StepList planned={planned} attempt={attempt} />
              </Section>
            )}
            <StageResults stage={stage} runId={runId} />
          </div>
        </Pane>
        <PaneHandle label="Resize the log" />
        <Pane id="log" minSize={96}>
          {log({
            runId,
            stage: planned.id,
            attempt: number,
            status: number === last || attempt === undefined ? stage.status : attemptStatus(attempt),
            startedAt: attempt?.startedAt ?? null,
            variant: 'embedded',
          })}
        </Pane>
      </Panes>
    </aside>
  );
}
