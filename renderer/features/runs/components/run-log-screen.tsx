import { ChevronLeft, ChevronRight, MoveLeft } from 'lucide-react';
import { Duration } from '#renderer/ui/duration.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { navigate, replaceRoute } from '#renderer/ui/navigation/navigate.ts';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { useShortcut } from '#renderer/ui/shortcuts/use-shortcut.ts';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { serviceLogOf } from '#shared/run/service-log.ts';
import { useFollowedRun } from '../hooks/use-followed-run.ts';
import { useRunCommands } from '../hooks/use-run-commands.ts';
import { neighbour } from '../first-selection.ts';
import { useRun } from '../run-context.ts';
import type { RunSlots } from '../run-slots.ts';
import { plannedOf, stageOf } from '../selectors.ts';
import { attemptStatus, outcomeWords } from '../stage-words.ts';
import { chosenLog, logPicker, serviceOf } from './log-picker.tsx';
import { RunGuard } from './run-guard.tsx';
import styles from './run-screen.module.css';

export interface RunLogScreenProps {
  readonly runId: RunId;
  readonly stage: StageId;
  /** 1-based. */
  readonly attempt: number;
  readonly line?: number | undefined;
  readonly service?: string | undefined;
  /** Keep the same object. */
  readonly slots: Pick<RunSlots, 'log'>;
}

/** The log of a stage, full size, with the way back to its run and on to the other stages. */
export function RunLogScreen(props: RunLogScreenProps) {
  const followed = useFollowedRun(props.runId);
  useRunCommands(followed.store);
  return (
    <RunGuard followed={followed}>
      <LogScreen {...props} />
    </RunGuard>
  );
}

function goTo(run: RunState, stage: StageId | null): void {
  if (stage === null) return;
  const attempt = Math.max(1, stageOf(run, stage)?.attempts.length ?? 0);
  replaceRoute({ screen: 'log', runId: run.runId, stage, attempt });
}

function LogScreen({ runId, stage: id, attempt: wanted, line, service, slots }: RunLogScreenProps) {
  const run = useRun();
  const stage = stageOf(run, id);
  const planned = plannedOf(run, id);
  const shownLog = chosenLog(planned, service === undefined ? null : serviceLogOf(id, service), id);
  const back = (): void => navigate({ screen: 'run', runId, stage: id });
  useShortcut('escape', back);
  useShortcut('j', () => goTo(run, neighbour(run, id, 1)));
  useShortcut('k', () => goTo(run, neighbour(run, id, -1)));
  if (stage === undefined)
    return <EmptyState title="No such stage">This run has no stage “{id}”.</EmptyState>;
  const last = stage.attempts.length;
  const attempt = stage.attempts[Math.min(wanted, last) - 1];
  const isLast = attempt === undefined || attempt.number === last;
  const here = { screen: 'log', runId, stage: id, attempt: attempt?.number ?? 1 } as const;
  return (
    <>
      <PageHeader
        leading={
          <>
            <IconButton
              label="Back to the run"
              shortcut="escape"
              icon={<MoveLeft size={16} />}
              onClick={back}
            />
            <StatusIcon status={isLast ? stage.status : attemptStatus(attempt)} />
          </>
        }
        title={planned?.name ?? id}
        facts={
          <>
            {attempt !== undefined && (
              <Duration
                startedAt={Date.parse(attempt.startedAt)}
                finishedAt={attempt.finishedAt === null ? null : Date.parse(attempt.finishedAt)}
              />
            )}
            {attempt !== undefined && <span className={styles['outcome']}>{outcomeWords(attempt)}</span>}
            <span>
              {run.name} #{run.number}
            </span>
          </>
        }
        actions={
          <>
            {last > 1 && (
              <Select
                label="Attempt"
                hideLabel
                value={String(attempt?.number ?? last)}
                onValueChange={(value) =>
                  replaceRoute({
                    ...here,
                    attempt: Number(value),
                    ...(service !== undefined && { service }),
                  })
                }
                options={stage.attempts.map(({ number }) => ({
                  value: String(number),
                  label: `Attempt ${number} of ${last}`,
                }))}
              />
            )}
            <IconButton
              label="Previous stage"
              shortcut="k"
              icon={<ChevronLeft size={16} />}
              onClick={() => goTo(run, neighbour(run, id, -1))}
            />
            <IconButton
              label="Next stage"
              shortcut="j"
              icon={<ChevronRight size={16} />}
              onClick={() => goTo(run, neighbour(run, id, 1))}
            />
          </>
        }
      />
      {slots.log({
        runId,
        stage: shownLog,
        attempt: attempt?.number ?? 0,
        status: isLast ? stage.status : attemptStatus(attempt),
        startedAt: attempt?.startedAt ?? null,
        variant: 'full',
        picker: logPicker(planned, shownLog, (log) => {
          const chosen = serviceOf(planned, log);
          replaceRoute({ ...here, ...(chosen !== null && { service: chosen }) });
        }),
        line,
        onLineChange: (next) =>
          replaceRoute({
            ...here,
            ...(service !== undefined && { service }),
            ...(next !== null && { line: next }),
          }),
      })}
    </>
  );
}
