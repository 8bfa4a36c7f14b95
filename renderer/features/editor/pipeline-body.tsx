import type { ReactNode } from 'react';
import { IssueList } from '#renderer/ui/issue-list.tsx';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import type { PipelineView } from '#shared/api/schemas.ts';
import styles from './pipeline-screen.module.css';

export interface PipelineBodyProps {
  readonly issues: PipelineView['issues'];
  readonly onShowLine: (line: number) => void;
  /** Fills the room above the issues. */
  readonly main: ReactNode;
  readonly side: ReactNode;
}

/** What the pipeline screen shows below its header: the stages over the issues, and details at the side. */
export function PipelineBody({ issues, onShowLine, main, side }: PipelineBodyProps) {
  return (
    <div className={styles['body']}>
      <Panes id="pipeline">
        <Pane id="pipeline-main" minSize={320}>
          <div className={styles['main']}>
            {main}
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
