import type { ReactNode } from 'react';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import styles from './pipeline-body.module.css';

const PANES = ['pipeline-main', 'pipeline-side'];
const PANES_WITH_START = ['pipeline-start', ...PANES];

export interface PipelineBodyProps {
  /** Left of the rest. */
  readonly start?: ReactNode;
  /** Fills the room above `below`. */
  readonly main: ReactNode;
  /** As high as it needs to be. */
  readonly below: ReactNode;
  readonly side: ReactNode;
}

/** What the editor shows below its header: its views over what is wrong with the text, and details at the side. */
export function PipelineBody({ start = null, main, below, side }: PipelineBodyProps) {
  return (
    <div className={styles['body']}>
      <Panes id="pipeline" panelIds={start === null ? PANES : PANES_WITH_START}>
        {start !== null && (
          <>
            <Pane id="pipeline-start" fixed still defaultSize={208} minSize={160} maxSize={360}>
              {start}
            </Pane>
            <PaneHandle />
          </>
        )}
        <Pane id="pipeline-main" still minSize={320}>
          <div className={styles['main']}>
            <div className={styles['room']}>{main}</div>
            {below}
          </div>
        </Pane>
        <PaneHandle />
        <Pane id="pipeline-side" fixed still defaultSize={320} minSize={280} maxSize={520}>
          <aside className={styles['side']} aria-label="Details">
            {side}
          </aside>
        </Pane>
      </Panes>
    </div>
  );
}
