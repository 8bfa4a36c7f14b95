import type { RunId, StageId } from '../lib/ids.ts';
import type { Issue } from '../lib/issue.ts';
import type { Plan } from '../pipeline/plan.ts';
import type { CancelledBy, Outcome, SkipReason } from './outcome.ts';
import type { FinalRunStatus, FinalStageStatus } from './status.ts';

/** What started a run. Later triggers add members. */
export interface RunTrigger {
  readonly type: 'manual' | 'cli' | 'api';
}

/** Where the project stood when the run was made; null outside of version control. */
export interface GitInfo {
  readonly commit: string;
  readonly branch: string | null;
  readonly message: string;
}

/** An artifact as events and lists name it; its files are in the manifest, a blob with the same hash. */
export interface ArtifactSummary {
  readonly name: string;
  readonly sizeBytes: number;
  /** SHA-256 of the manifest, so that equal content has an equal hash. */
  readonly sha256: string;
  readonly fileCount: number;
}

/** A report as events name it; the whole normal form is in the store. */
export type ReportSummary =
  | {
      readonly type: 'tests';
      readonly total: number;
      readonly passed: number;
      readonly failed: number;
      readonly errored: number;
      readonly skipped: number;
      readonly durationMs: number;
    }
  | { readonly type: 'coverage'; readonly linesPct: number | null; readonly branchesPct: number | null };

/** Facts of a run. Each is appended to the store before anyone sees it; folding them gives the state (`reduceRun`). */
export type RunEventBody =
  | {
      readonly type: 'run-created';
      readonly name: string;
      /** Counts up in a project, for people: `#128`. */
      readonly number: number;
      readonly projectDir: string;
      /** Relative to `projectDir` where it lies inside it. */
      readonly pipelineFile: string;
      readonly plan: Plan;
      readonly trigger: RunTrigger;
      readonly git: GitInfo | null;
      readonly maxParallel: number;
    }
  | { readonly type: 'run-started' }
  | { readonly type: 'attempt-started'; readonly stage: StageId; readonly attempt: number }
  | {
      readonly type: 'step-started';
      readonly stage: StageId;
      readonly attempt: number;
      readonly step: string;
    }
  | {
      readonly type: 'step-finished';
      readonly stage: StageId;
      readonly attempt: number;
      readonly step: string;
      readonly outcome: Outcome;
    }
  | {
      readonly type: 'artifact-stored';
      readonly stage: StageId;
      readonly attempt: number;
      readonly artifact: ArtifactSummary;
    }
  | {
      readonly type: 'report-stored';
      readonly stage: StageId;
      readonly attempt: number;
      readonly report: ReportSummary;
    }
  /** A problem that does not decide the stage by itself: a broken report, a glob without files. */
  | {
      readonly type: 'issue-raised';
      readonly stage: StageId;
      readonly attempt: number;
      readonly issue: Issue;
    }
  | {
      readonly type: 'summary-written';
      readonly stage: StageId;
      readonly attempt: number;
      /** Markdown. */
      readonly markdown: string;
    }
  | {
      readonly type: 'attempt-finished';
      readonly stage: StageId;
      readonly attempt: number;
      readonly outcome: Outcome;
    }
  | {
      readonly type: 'stage-finished';
      readonly stage: StageId;
      readonly status: FinalStageStatus;
      readonly outputs: Readonly<Record<string, string>>;
      /** Why it did not run; null for a stage that ran. */
      readonly reason: SkipReason | null;
    }
  /** Without `stage` the whole run is cancelled. What is running ends first. */
  | { readonly type: 'cancel-requested'; readonly by: CancelledBy; readonly stage: StageId | null }
  | { readonly type: 'run-finished'; readonly status: FinalRunStatus };

/** An event as stored and sent: `seq` counts up from 1 in its run, without gaps; `at` is ISO 8601 in UTC. */
export type RunEvent = RunEventBody & { readonly runId: RunId; readonly seq: number; readonly at: string };
