import type { ReactNode } from 'react';
import { IssueList } from '#renderer/ui/issue-list.tsx';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import type { PipelineView } from '#shared/api/schemas.ts';
import styles from './pipeline-screen.module.css';

const PANES = ['pipeline-main', 'pipeline-side'];
const PANES_WITH_START = ['pipeline-start', ...PANES];

export interface PipelineBodyProps {
  readonly issues: PipelineView['issues'];
  readonly onShowLine: (line: number) => void;
  /** Left of the rest. */
  readonly start?: ReactNode;
  /** Fills the room above the issues. */
  readonly main: ReactNode;
  readonly side: ReactNode;
}

/** What the pipeline screen shows below its header: the stages over the issues, and details at the side. */
export function PipelineBody({ issues, onShowLine, start = null, main, side }: PipelineBodyProps) {
  return (
    <div className={styles['body']}>
      <Panes id="pipeline" panelIds={start === null ? PANES : PANES_WITH_START}>
        {start !== null && (
          <>
            <Pane id="pipeline-start" fixed defaultSize={208} minSize={160} maxSize={360}>
              {start}
            </Pane>
            <PaneHandle />
          </>
        )}
        <Pane id="pipeline-main" minSize={320}>
          <div className={styles['main']}>
            <div className={styles['room']}>{main}</div>
            {issues.length > 0 && (
              <section className={styles['issues']} aria-label="Issues">
                <h2 className={styles['issuesHeader']}>
                  Issues <span className={styles['count']}>{issues.length}</span>
                </h2>
                <IssueList issues={issues} onOpen={({ line }) => onShowLine(line ?? 1)} />
              </section>
            )}
          </div>
        </Pane>
        <PaneHandle />
        <Pane id="pipeline-side" fixed defaultSize={280} minSize={240} maxSize={520}>
          <aside className={styles['side']} aria-label="Details">
            {side}
          </aside>
        </Pane>
      </Panes>
    </div>
  );
}
