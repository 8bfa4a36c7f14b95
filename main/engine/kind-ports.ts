import type { ConditionStatus } from '#shared/expressions/evaluate-condition.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { Issue } from '#shared/lib/issue.ts';
import type { PlannedArtifact, PlannedReports, StepBody } from '#shared/pipeline/plan.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import type { GitInfo, RunTrigger } from '#shared/run/events.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import type { RunState } from '#shared/run/run-state.ts';
import type { ParsedReport, ReportFormat, ServiceFacts, StageReport } from './ports.ts';

/** The stage catalog. */
export interface Kinds {
  /**
   * @param projectDir whose plugins count
   * @throws AppError `usage` when there is no such kind, or when the settings do not fit after expressions were evaluated
   */
  prepare(body: Extract<StepBody, { type: 'uses' }>, projectDir: string): PreparedKind;
}

/** A kind with its settings. */
export interface PreparedKind {
  /** What a person would type to do the same, for a shell; '' where no single command does. */
  readonly preview: string;
  /**
   * Does the work of one step. What it judged is its result; it rejects when it could not judge, and the step is an
   * infra-error then, or cancelled when the signal has aborted.
   */
  run(context: KindContext): Promise<KindResult>;
}

/** What came of a step that a kind did. An exit code alone is not a verdict: a kind looks at what its tool reported. */
export interface KindResult {
  /** `failed`: it judged and said no. `infra-error`: it could not judge, as when nothing was checked. */
  readonly outcome: Outcome;
  /** Stored with the attempt, also when it failed. */
  readonly reports?: readonly NormalForm[];
  readonly issues?: readonly Issue[];
  /** Besides what its tools wrote to `$PIPEWRIGHT_OUTPUT`. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** Kept besides the stage's own. */
  readonly artifacts?: readonly PlannedArtifact[];
  /** Markdown for the stage's summary. */
  readonly summary?: string;
}

/** A command of a kind: a list of arguments, none of which a shell looks at, or a script. */
export type ToolCommand = (
  | { readonly argv: readonly [string, ...string[]] }
  | { readonly script: string; readonly shell?: string | null }
) & {
  /** Relative to the kind's own folder (`cwd`); default: that. */
  readonly in?: string;
  /** Added to the step's environment. A secret goes here, never into `argv`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Variables of the step that it does not get, such as secrets that are not meant for it. */
  readonly without?: readonly string[];
  /**
   * Looks at each line of standard output before it is logged, without its line end: what it answers is logged instead,
   * null: nothing. What it masks meanwhile is hidden from that line on.
   */
  readonly filter?: (line: string) => string | null;
  /**
   * The same for standard error, whose pieces also end with a lone carriage return, as those of a program that writes over
   * what it has said.
   */
  readonly filterStderr?: (piece: string) => string | null;
  /** What of its output is a report rather than a log: it is captured and not shown. Both are captured in any case. */
  readonly silent?: 'stdout' | 'both';
};

/** Longest part of one stream that is captured, in bytes; what comes after is logged alone. */
export const MAX_CAPTURED_BYTES = 64 * 1024 * 1024;

export interface ToolExit {
  /** `succeeded` or `failed` with the exit code; never `cancelled` or `timed-out`: `exec` rejects then. */
  readonly outcome: Outcome;
  /** Null when a signal ended it or it did not start. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** More was written than `MAX_CAPTURED_BYTES`. */
  readonly isCut: boolean;
}

/** What a kind may know and do while it works. */
export interface KindContext {
  readonly signal: AbortSignal;
  readonly run: {
    readonly id: RunId;
    readonly number: number;
    readonly name: string;
    /** The id under which caches, state and artifacts of the project are kept. */
    readonly project: string;
    readonly projectDir: string;
    readonly pipelineFile: string;
    readonly git: GitInfo | null;
    readonly trigger: RunTrigger;
    readonly startedAt: string | null;
  };
  readonly stage: StageId;
  readonly attempt: number;
  /** The stage's folder on this machine, absolute. What commands did is in it after `collectFiles`. */
  readonly workspace: string;
  /** Where commands run (`working-directory`), on this machine, absolute; at or below `workspace`. */
  readonly cwd: string;
  /** The same two as commands see them. */
  readonly seen: { readonly workspace: string; readonly cwd: string };
  /** `/` and `:` or `\` and `;`, where commands run. */
  readonly paths: { readonly separator: string; readonly delimiter: string };
  /** Commands are processes of this machine. */
  readonly runsHere: boolean;
  /** What is written below `workspace` here is seen by commands, and the other way round. */
  readonly sharesFiles: boolean;
  /** What a command gets, without Pipewright's own variables. */
  readonly env: Readonly<Record<string, string>>;
  /** Those of the stage that are ready, by id. */
  readonly services: Readonly<Record<string, ServiceFacts>>;
  /** Those that the stage names. They are in `env`, too. */
  readonly secrets: Readonly<Record<string, string>>;
  /**
   * Runs a command where the stage runs, one after the other. A tool that fails is a value. Rejects with the signal's reason when the attempt
   * ends, and with an AppError when it could not be tried.
   */
  exec(command: ToolCommand): Promise<ToolExit>;
  /** Brings what commands changed to this machine; nothing to do where files are shared. */
  collectFiles(): Promise<void>;
  /**
   * How far the kind is, for whoever looks on. Cheap: it may be called for each of a million things. Figures that mean nothing
   * are dropped: negative ones, fractions, a total of 0.
   * @param total null: not known
   * @param label what is being done, in a few words
   */
  progress(done: number, total: number | null, label?: string): void;
  /** A line of Pipewright's own in the log. */
  say(text: string): Promise<void>;
  /** Hides a value from the log and from what is stored, from now on to the attempt's end. Values shorter than 4 are not hidden. */
  mask(value: string): void;
  /**
   * Has something done when the stage's steps are over, however they ended, the last registered first; what it reports is
   * not judged. After a cancellation it has a minute.
   */
  onCleanup(work: (context: KindContext, status: ConditionStatus) => Promise<void>): void;
  /** For the steps after this one. */
  setEnv(name: string, value: string): void;
  addPath(dir: string): void;
  /** Reads report files of the workspace. */
  readReports(globs: Partial<PlannedReports>): Promise<{
    readonly reports: readonly NormalForm[];
    readonly issues: readonly Issue[];
  }>;
  parseReport(bytes: Uint8Array, format: ReportFormat, name: string): Promise<ParsedReport>;
  /** What the stages of this run have reported so far. */
  reportsOfRun(): readonly StageReport[];
  /**
   * What this stage, or the one that is named, reported in the newest run on `branch` that had finished before this one was
   * made; null: on any. So it is the same for all stages of a run.
   */
  baseline(branch: string | null, stage?: StageId): readonly NormalForm[];
  /** Fingerprints of the findings that are not to be judged, since people have decided so. */
  ignoredFindings(): ReadonlySet<string>;
  /** The run as it is now: results, artifacts and approvals of its other stages. */
  state(): RunState;
}
