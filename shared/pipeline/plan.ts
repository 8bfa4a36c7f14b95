import type { StageId } from '../lib/ids.ts';

/** Where the stages of a run work: one copy of the project per run, one per stage, or the project's folder itself. */
export type WorkspaceMode = 'shared' | 'isolated' | 'in-place';

/** What a step does: a script for a shell, or a kind of the catalog with its settings. */
export type StepBody =
  | { readonly type: 'run'; readonly script: string; readonly shell: string | null }
  | { readonly type: 'uses'; readonly kind: string; readonly with: Readonly<Record<string, unknown>> };

export interface PlannedStep {
  /** Unique in its stage: the file's `id`, else `step-1`, `step-2`, … */
  readonly id: string;
  readonly name: string;
  readonly body: StepBody;
  /** Values may hold `${{ }}`, as `script` and `with` may; they are evaluated when the step starts. */
  readonly env: Readonly<Record<string, string>>;
  /** Relative to the stage's workspace. */
  readonly workingDirectory: string | null;
  readonly timeoutMs: number | null;
  readonly continueOnError: boolean;
}

export interface PlannedArtifact {
  readonly name: string;
  /** Globs relative to the workspace; a leading `!` excludes. */
  readonly paths: readonly string[];
  readonly ifNoFilesFound: 'error' | 'warn' | 'ignore';
}

export interface PlannedReports {
  /** Globs of JUnit XML files. */
  readonly junit: readonly string[];
  /** Globs of lcov tracefiles. */
  readonly coverage: readonly string[];
}

/** A stage as it will run, with every default filled in. */
export interface PlannedStage {
  readonly id: StageId;
  readonly name: string;
  /** `run`, `steps`, or the id of a catalog kind such as `test.unit`. */
  readonly kind: string;
  readonly needs: readonly StageId[];
  readonly steps: readonly PlannedStep[];
  readonly env: Readonly<Record<string, string>>;
  readonly workingDirectory: string | null;
  readonly timeoutMs: number | null;
  readonly continueOnError: boolean;
  readonly artifacts: readonly PlannedArtifact[];
  readonly reports: PlannedReports;
  /** Declared outputs, `name -> expression` over `steps`; outputs written to `$PIPEWRIGHT_OUTPUT` need no declaration. */
  readonly outputs: Readonly<Record<string, string>>;
  /** 1-based line of the stage's key in the pipeline file. */
  readonly line: number;
}

/** A pipeline made ready to run: inputs resolved, defaults applied, needs checked. Immutable, and stored with the run. */
export interface Plan {
  readonly name: string;
  readonly workspace: WorkspaceMode;
  readonly env: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, string | number | boolean>>;
  /** In file order; `needs` always name stages of this list. */
  readonly stages: readonly PlannedStage[];
  /** For the whole run; null is no limit. */
  readonly timeoutMs: number | null;
}
