import type { ReactNode } from 'react';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { StageStatus } from '#shared/run/status.ts';

/** What a run shows of a stage's log; `features/logs` has the view for it. */
export interface LogSlotProps {
  readonly runId: RunId;
  readonly stage: StageId;
  /** 1-based; 0 for a stage that has not started. */
  readonly attempt: number;
  readonly status: StageStatus;
  /** When the attempt began, ISO 8601. */
  readonly startedAt: string | null;
  readonly variant: 'full' | 'embedded';
  /** Stands in the log's head; null where there is nothing to choose. */
  readonly picker?: ReactNode;
  readonly line?: number | undefined;
  readonly onLineChange?: (line: number | null) => void;
  readonly onOpenFull?: () => void;
}

/** What a tab that shows reports gets. */
export interface ReportSlotProps {
  readonly runId: RunId;
  /** How much of it the run has reported so far; what is shown is read again when it changes. */
  readonly count: number;
  /** No more will come. */
  readonly isComplete: boolean;
  /** What is chosen, in the words of the tab; null: nothing yet. */
  readonly item: string | null;
  readonly onItem: (item: string) => void;
}

/** The parts of a run's screen that other features draw; the app joins them. Keep the same object. */
export interface RunSlots {
  readonly log: (props: LogSlotProps) => ReactNode;
  /** A shell in an attempt; `secrets` are the names of those that the stage has. */
  readonly shell: (props: {
    readonly runId: RunId;
    readonly stage: StageId;
    readonly attempt: number;
    readonly secrets: readonly string[];
  }) => ReactNode;
  /** `isComplete`: no more artifacts will come. */
  readonly artifacts: (props: {
    readonly runId: RunId;
    readonly count: number;
    readonly isComplete: boolean;
  }) => ReactNode;
  /** `count`: of test cases. */
  readonly tests: (props: ReportSlotProps) => ReactNode;
  /** `count`: of reports. */
  readonly coverage: (props: ReportSlotProps) => ReactNode;
  /** `count`: of reports, as in the next. */
  readonly findings: (props: ReportSlotProps) => ReactNode;
  /** Bills of materials and provenance. */
  readonly supplyChain: (props: ReportSlotProps) => ReactNode;
  readonly metrics: (props: ReportSlotProps) => ReactNode;
}
