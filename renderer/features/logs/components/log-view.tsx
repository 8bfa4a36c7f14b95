import { ArrowDownToLine, Maximize2 } from 'lucide-react';
import { useSyncExternalStore, type ReactNode } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import type { RunId } from '#shared/lib/ids.ts';
import { logWords } from '#shared/run/service-log.ts';
import { isFinalStageStatus, type StageStatus } from '#shared/run/status.ts';
import { useLogView, type LogView as View } from '../hooks/use-log-view.ts';
import { pickLine } from '../line-range.ts';
import { LogActions } from './log-actions.tsx';
import { LogLines } from './log-lines.tsx';
import { LogRuler } from './log-ruler.tsx';
import { LogSearchBar } from './log-search-bar.tsx';
import { LogState, NotStarted } from './log-state.tsx';
import styles from './log-view.module.css';

export interface LogViewProps {
  readonly runId: RunId;
  readonly stage: string;
  /** 1-based; 0 for a stage that has not started. */
  readonly attempt: number;
  readonly status: StageStatus;
  /** When the attempt began, ISO 8601: the zero of relative times. */
  readonly startedAt: string | null;
  /** `full`: with search and actions; `embedded`: the end of the log in a side panel. */
  readonly variant: 'full' | 'embedded';
  /** Chooses whose log is shown; stands in its head. */
  readonly picker?: ReactNode;
  /** A line to show and mark at first; 1-based. */
  readonly line?: number | undefined;
  /** The first of the selected lines changed: for the address. */
  readonly onLineChange?: (line: number | null) => void;
  /** Offers a button that opens the log full size. */
  readonly onOpenFull?: () => void;
}

/** The log of one attempt: live, searchable, of any length. Fills its parent. */
export function LogView(props: LogViewProps) {
  if (props.attempt < 1) return <NotStarted status={props.status} />;
  const { runId, stage, attempt } = props;
  // Another log starts anew: nothing selected, nothing searched for.
  return <LoadedLog key={JSON.stringify([runId, stage, attempt])} {...props} />;
}

function LoadedLog(props: LogViewProps) {
  const { runId, stage, attempt, status, variant, line } = props;
  const logRef = { runId, stage, attempt };
  const isFull = variant === 'full';
  // What failed says so at its end; what runs is followed; else one reads from the start.
  const start = isFull && status === 'succeeded' ? 'top' : 'end';
  const view = useLogView(logRef, start, line);
  const { log, viewport, shownHits, selected } = view;
  const lineCount = log.info?.lineCount ?? 0;
  const startMs = Date.parse(props.startedAt ?? '') || Date.parse(log.pages.line(1)?.at ?? '') || 0;
  const instead = <LogState log={log} status={status} />;
  return (
    <div className={styles['log']} data-variant={variant}>
      <LogHeader {...props} view={view}>
        {isFull && <LogSearchBar view={view} />}
        <span className={styles['gap']} />
        {isFull && <LogActions logRef={logRef} view={view} />}
      </LogHeader>
      <div className={styles['body']}>
        {lineCount === 0 ? (
          instead
        ) : (
          <LogLines
            log={log}
            viewport={viewport}
            startMs={startMs}
            shownHits={shownHits}
            selected={selected}
            label={`Log of ${logWords(stage)}`}
            onPickLine={(picked, extend) => {
              const range = pickLine(selected, picked, extend);
              view.setSelected(range);
              props.onLineChange?.(range?.from ?? null);
            }}
          />
        )}
        {shownHits.hits.length > 0 && <LogRuler hits={shownHits.hits} lineCount={lineCount} />}
        {lineCount > 0 && !isFinalStageStatus(status) && <Follow view={view} />}
      </div>
    </div>
  );
}

function LogHeader({
  variant,
  view,
  picker,
  onOpenFull,
  children,
}: LogViewProps & { readonly view: View; readonly children: ReactNode }) {
  const lineCount = view.log.info?.lineCount ?? 0;
  const lines = `${lineCount.toLocaleString('en')} ${lineCount === 1 ? 'line' : 'lines'}`;
  return (
    <div className={styles['header']} role="group" aria-label="Log">
      {picker ?? (variant === 'embedded' && <span className={styles['title']}>Log</span>)}
      {variant === 'embedded' && lineCount > 0 && <span className={styles['lines']}>{lines}</span>}
      {children}
      {onOpenFull !== undefined && (
        <IconButton
          label="Open the log"
          shortcut="l"
          size="small"
          icon={<Maximize2 size={14} />}
          onClick={onOpenFull}
        />
      )}
    </div>
  );
}

/** Offers to go back to the end of a growing log that one has left. */
function Follow({ view: { viewport } }: { readonly view: View }) {
  const isFollowing = useSyncExternalStore(viewport.subscribe, () => viewport.frame().isFollowing);
  if (isFollowing) return null;
  return (
    <div className={styles['follow']}>
      <Button size="small" icon={<ArrowDownToLine size={14} />} onClick={() => viewport.follow(true)}>
        Follow
      </Button>
    </div>
  );
}
