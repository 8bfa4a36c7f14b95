import type {
  OpenValues,
  Plan,
  PlannedApproval,
  PlannedArtifact,
  PlannedGate,
  PlannedReports,
  PlannedRetry,
  PlannedStage,
  WorkspaceMode,
} from './plan.ts';
import type { PlannedPlace, PlannedResources, PlannedService } from './plan-place.ts';
import type { PipelineFile } from './schema.ts';

export type InputValue = string | number | boolean;

/** A value that a run is given. */
export interface PipelineInput {
  readonly id: string;
  readonly type: 'string' | 'number' | 'boolean' | 'choice';
  readonly description: string | null;
  readonly required: boolean;
  /** Null is none. */
  readonly default: InputValue | null;
  /** Of a choice; empty for the other types. */
  readonly options: readonly string[];
  readonly line: number;
}

/** A step as the file has it, with nothing taken over from the stage. */
export interface PipelineStep {
  /** The file's `id`, or null. */
  readonly id: string | null;
  readonly name: string | null;
  readonly body: StepContent;
  readonly env: Readonly<Record<string, string>>;
  readonly shell: string | null;
  readonly workingDirectory: string | null;
  readonly timeoutMs: number | null;
  readonly continueOnError: boolean;
  readonly open?: OpenValues;
  /** `if` without `${{ }}` around it. */
  readonly condition: string | null;
  readonly line: number;
}

export type StepContent =
  | { readonly type: 'run'; readonly script: string }
  | { readonly type: 'uses'; readonly kind: string; readonly with: Readonly<Record<string, unknown>> };

/** What a stage does; `none` where the file names no body or several, which is an issue of its own. */
export type StageBody =
  | StepContent
  | { readonly type: 'steps'; readonly steps: readonly PipelineStep[] }
  | { readonly type: 'approval'; readonly approval: PlannedApproval }
  | {
      readonly type: 'pipeline';
      /** A name of `pipelines`, or a file as it is written. */
      readonly target: string;
      /** As texts; they may hold `${{ }}`. */
      readonly with: Readonly<Record<string, string>>;
    }
  | { readonly type: 'none' };

/** What a stage may say about when, how often and beside what it runs; `defaults` fill the nulls that they can. */
export interface StageExecution extends Pick<
  PlannedStage,
  | 'condition'
  | 'caches'
  | 'skipIfUnchanged'
  | 'secrets'
  | 'environment'
  | 'locks'
  | 'concurrency'
  | 'slots'
  | 'state'
  | 'hooks'
> {
  /** `max` may be 0: the stage does not take over the retries of `defaults`. */
  readonly retry: PlannedRetry | null;
  readonly continueOnError: boolean | null;
  /** Null: where `defaults` say. */
  readonly place: PlannedPlace | null;
  readonly services: readonly PlannedService[];
  readonly resources: PlannedResources | null;
}

/** The hooks of a run, in the order in which they run. */
export const RUN_HOOKS = ['success', 'failure', 'always'] as const;
export type RunHook = (typeof RUN_HOOKS)[number];

/** A matrix as the file has it; `definition` are its lists, `include` and `exclude`, whose texts may hold `${{ }}`. */
export interface PipelineMatrix {
  readonly definition: unknown;
  readonly failFast: boolean;
  readonly maxParallel: number | null;
}

/** A stage as the file has it, with nothing taken over from `defaults`. */
export interface PipelineStage extends StageExecution {
  readonly id: string;
  readonly name: string;
  readonly body: StageBody;
  readonly matrix: PipelineMatrix | null;
  /** As the file names them; the one that does not exist is an issue of its own. */
  readonly needs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly shell: string | null;
  readonly workingDirectory: string | null;
  readonly timeoutMs: number | null;
  /** Absent: it may be quiet, as the next: as the host has it. */
  readonly idleTimeoutMs?: number;
  readonly graceMs?: number;
  readonly open?: OpenValues;
  readonly artifacts: readonly PlannedArtifact[];
  readonly reports: PlannedReports;
  readonly gate: PlannedGate | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly line: number;
}

/** A pipeline file in its normal form: plain data, short forms made long, durations in milliseconds. */
export interface Pipeline extends Pick<
  Plan,
  'failFast' | 'maxParallel' | 'concurrency' | 'onRestart' | 'vars' | 'state' | 'retention'
> {
  /** The file, as `parsePipeline` was given it. */
  readonly path: string;
  readonly name: string;
  readonly workspace: WorkspaceMode;
  readonly inputs: readonly PipelineInput[];
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number | null;
  readonly defaults: {
    readonly env: Readonly<Record<string, string>>;
    readonly shell: string | null;
    readonly workingDirectory: string | null;
    readonly timeoutMs: number | null;
    readonly retry: PlannedRetry | null;
    readonly continueOnError: boolean;
    readonly place: PlannedPlace | null;
  };
  /** In the order of the file. */
  readonly stages: readonly PipelineStage[];
  /** What follows the last stage of a run of this file. */
  readonly hooks: Readonly<Record<RunHook, readonly PipelineStep[]>>;
  /** What a pipeline that calls this one gets back: templates over `needs` of its stages. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The pipelines that stages call, by the names that they use; those that cannot be found are issues of their own. */
  readonly called: ReadonlyMap<string, Pipeline>;
  /** What people are asked about for kinds that did not come with Pipewright, by id; absent: there are none. */
  readonly kindTrust?: ReadonlyMap<string, string>;
  /** Everything that the file says, keys without behaviour yet included. */
  readonly file: PipelineFile;
}
