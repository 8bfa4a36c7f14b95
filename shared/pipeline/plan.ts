import type { StageId } from '../lib/ids.ts';
import type { PlannedPlace, PlannedResources, PlannedService } from './plan-place.ts';

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
  /** `if`, without `${{ }}` around it; null: `success()` of the steps before. */
  readonly condition: string | null;
  readonly open?: OpenValues;
}

/** Expressions for values that are no texts; absent where a plan knows them, which it does but in the template of a matrix. */
export interface OpenValues {
  readonly timeout?: string;
  readonly continueOnError?: string;
}

/** When an attempt that ended badly is tried again. */
export interface PlannedRetry {
  /** Further attempts after the first; at least 1. */
  readonly max: number;
  readonly backoff: 'constant' | 'linear' | 'exponential';
  readonly delayMs: number;
  /** Upper limit of one delay. */
  readonly maxDelayMs: number;
  /** Share of a delay that is random: 0 none, 1 all of it. */
  readonly jitter: number;
  readonly on: readonly ('failed' | 'timed-out' | 'infra-error')[];
}

/** A stage that waits for a person; it holds no slot. */
export interface PlannedApproval {
  /** May hold `${{ }}`. */
  readonly message: string;
  /** Names of people (OS or Git identity); empty: anyone. */
  readonly allowed: readonly string[];
  readonly timeoutMs: number | null;
  readonly onTimeout: 'reject' | 'approve';
}

/**
 * What makes a matrix. `kind` of its stage is `matrix`: it has no steps, needs its legs, and ends when they have, so that
 * others need and read it by one name. A dynamic one has `legs: null` until what it needs is done.
 * A stage that calls a pipeline is one, too, of the kind `pipeline`: its legs are the stages of that pipeline (whose `leg`
 * is null), and its outputs are those that it declares, templates over `needs`.
 */
export interface PlannedMatrix {
  readonly failFast: boolean;
  readonly maxParallel: number | null;
  /** Ids of the legs; null while they are not known. */
  readonly legs: readonly StageId[] | null;
  /** For a dynamic matrix: the definition whose texts hold `${{ }}`, and the stage that each leg becomes. */
  readonly template: { readonly definition: unknown; readonly leg: PlannedStage } | null;
}

/** What does not overlap: a new one waits for the one of its group that is under way, or ends it. */
export interface PlannedConcurrency {
  readonly group: string;
  readonly cancelInProgress: boolean;
}

export interface PlannedCache {
  /** May hold `${{ }}`, as `restoreKeys` may. */
  readonly key: string;
  readonly restoreKeys: readonly string[];
  /** Relative to the workspace. */
  readonly paths: readonly string[];
}

export interface PlannedArtifact {
  readonly name: string;
  /** Globs relative to the workspace; a leading `!` excludes. */
  readonly paths: readonly string[];
  readonly ifNoFilesFound: 'error' | 'warn' | 'ignore';
  /** How long its content is kept; absent: as long as the run. */
  readonly retentionMs?: number;
}

export interface PlannedReports {
  /** Globs of test reports, whatever wrote them. */
  readonly junit: readonly string[];
  /** Globs of coverage reports, whatever wrote them. */
  readonly coverage: readonly string[];
  /** Globs of findings in SARIF or checkstyle's format. Absent: none, as the next. */
  readonly sarif?: readonly string[];
  /** Globs of CycloneDX bills of materials. */
  readonly sbom?: readonly string[];
}

/** Conditions over a stage's reports; it fails when one of them does not hold. */
export interface PlannedGate {
  /** Without `${{ }}` around them; at least one. */
  readonly conditions: readonly string[];
  /** Only findings that the baseline does not have count. */
  readonly newOnly: boolean;
  /** Whose newest finished run is the baseline; null: `main`, else `master`. */
  readonly branch: string | null;
}

/** How long the runs of a pipeline are kept; null: as the setting says. */
export interface PlannedRetention {
  readonly ageMs: number | null;
  /** The newest that stay. */
  readonly runs: number | null;
}

/** A stage as it will run, with every default filled in. */
export interface PlannedStage {
  readonly id: StageId;
  readonly name: string;
  /** `run`, `steps`, `approval`, `matrix`, `pipeline`, `hook`, or the id of a catalog kind such as `test.unit`. */
  readonly kind: string;
  readonly needs: readonly StageId[];
  readonly steps: readonly PlannedStep[];
  readonly env: Readonly<Record<string, string>>;
  readonly workingDirectory: string | null;
  readonly timeoutMs: number | null;
  /** How long it may write nothing; absent: for as long as it wants. */
  readonly idleTimeoutMs?: number;
  /** Between asking its processes to end and ending them by force; absent: as the host has it. */
  readonly graceMs?: number;
  readonly continueOnError: boolean;
  readonly open?: OpenValues;
  readonly artifacts: readonly PlannedArtifact[];
  readonly reports: PlannedReports;
  /** Absent: none. */
  readonly gate?: PlannedGate;
  /** Declared outputs, `name -> expression` over `steps`; outputs written to `$PIPEWRIGHT_OUTPUT` need no declaration. */
  readonly outputs: Readonly<Record<string, string>>;
  /** `if`, without `${{ }}` around it; null: none, which is `success()`. */
  readonly condition: string | null;
  readonly retry: PlannedRetry | null;
  readonly approval: PlannedApproval | null;
  /** Of the stage that stands for a whole matrix. */
  readonly matrix: PlannedMatrix | null;
  /** Of a leg: its values, and the matrix that it belongs to. */
  readonly leg: { readonly values: Readonly<Record<string, unknown>>; readonly of: StageId } | null;
  readonly caches: readonly PlannedCache[];
  /** Absent: this machine. */
  readonly place?: PlannedPlace;
  /** Absent: none. */
  readonly services?: readonly PlannedService[];
  /** Absent: no limits. */
  readonly resources?: PlannedResources;
  /** Globs (and `!` globs) of the files that decide whether the stage's results may be reused; null: it always runs. */
  readonly skipIfUnchanged: {
    readonly files: readonly string[];
    readonly env: readonly string[];
    /** Commands such as `node` whose `--version` decides, too. */
    readonly tools: readonly string[];
    /** Runs whatever is known of earlier runs; what comes out is remembered. */
    readonly isForced?: boolean;
  } | null;
  /** Names of the secrets that the stage sees, as environment variables of the same name and in `secrets`. */
  readonly secrets: readonly string[];
  readonly environment: string | null;
  /** Named locks, held while the stage runs, across runs and hosts. */
  readonly locks: readonly string[];
  /** Stages of one group do not run at once, over all runs of the project and hosts; absent: of none. May hold `${{ }}`. */
  readonly concurrency?: PlannedConcurrency | null;
  /** How many of the machine's slots it takes; at least 1. */
  readonly slots: number;
  /** Names of values of the pipeline's `state` that the stage may write. */
  readonly state: readonly string[];
  /** Scripts that run after the stage's own work, whatever they come to. */
  readonly hooks: { readonly success: string | null; readonly failure: string | null };
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
  /** The first failure ends what runs; stages with `always()` or `failure()` still run. */
  readonly failFast: boolean;
  /** Stages of this run at once; null: the machine's limit. */
  readonly maxParallel: number | null;
  /** Runs of one group do not overlap. The name may hold `${{ }}` over `inputs` and `git`. */
  readonly concurrency: PlannedConcurrency | null;
  /** What happens to the run after its host died. */
  readonly onRestart: 'resume' | 'wait';
  readonly vars: Readonly<Record<string, string>>;
  /** The values of the pipeline's `state` that it declares, as they are before a run has written them. */
  readonly state: Readonly<Record<string, string>>;
  /** Absent: as the setting says. That of the pipeline's latest run counts for all of its runs. */
  readonly retention?: PlannedRetention;
}

/** Whether a stage is a hook of the run: it begins when all others have ended, and does not change what the run came to. */
export const isHook = ({ kind }: Pick<PlannedStage, 'kind'>): boolean => kind === 'hook';
