import type { ToolExit } from '#main/engine/kind-ports.ts';
import type { TestReport } from '#shared/reports/test-report.ts';
import type { Tool } from '../../tools/tool.ts';
import type { ProjectFacts } from './project-facts.ts';

/** A test as reports know it, with what is needed to run it alone. */
export interface WantedCase {
  /** With forward slashes, relative to the kind's folder; null: unknown. */
  readonly file: string | null;
  readonly suite: string;
  readonly classname: string | null;
  readonly name: string;
}

export interface RunnerRequest {
  /** A path for a file of the scratch folder, as the runner sees it. */
  readonly scratch: (file: string) => string;
  /** Test files, relative to the folder in which it runs; empty: all that it finds. */
  readonly files: readonly string[];
  /** Run these alone, or a little more; empty: all. */
  readonly cases: readonly WantedCase[];
  readonly withCoverage: boolean;
  /** Of the settings. */
  readonly args: readonly string[];
}

/** Where a runner's results are after a pass. */
export type ResultSource =
  /** JUnit files of the scratch folder, or of the workspace where the runner cannot write them elsewhere. */
  | { readonly type: 'scratch'; readonly file: string }
  | { readonly type: 'workspace'; readonly globs: readonly string[] }
  /** What it prints, in one of the forms that the reports' port knows. */
  | { readonly type: 'stdout' }
  /** A form of its own: from a scratch file, or from what it prints. @throws Error when it is not that form */
  | {
      readonly type: 'own';
      readonly file: string | null;
      readonly read: (text: string, exit: ToolExit) => TestReport;
    };

/** A test runner: how it is recognised, called and read. */
export interface Runner {
  readonly tool: Tool;
  /** A script of the project that stands for the tool where there is one, without `.cmd` or `.bat`: `mvnw`. */
  readonly wrapper?: { readonly name: string; readonly onWindows: string };
  readonly fits: (facts: ProjectFacts) => boolean;
  /** The arguments after the command. */
  readonly argv: (request: RunnerRequest) => readonly string[];
  readonly env?: (request: RunnerRequest) => Readonly<Record<string, string>>;
  /** Written before it is called: name and text of a file of the scratch folder. */
  readonly config?: (scratch: RunnerRequest['scratch']) => { readonly file: string; readonly text: string };
  readonly results: ResultSource;
  /** Null: it has no way to measure that is known here. */
  readonly coverage: RunnerCoverage | null;
  /** How its test files are found for `shard`; null: it does not take a list of files. */
  readonly files: RunnerFiles | null;
  /** It shards by itself. */
  readonly shardArgs?: (shard: { readonly index: number; readonly count: number }) => readonly string[];
  /** It can be asked for single tests: `rerun-failed` works. */
  readonly canRerun: boolean;
}

export interface RunnerCoverage {
  /** Where it is after a pass: globs below the scratch folder, or of the workspace. */
  readonly from: 'scratch' | 'workspace';
  readonly globs: readonly string[];
  /** A package of the project, one of which must be there, or what `--help` must mention; absent: it is built in. */
  readonly needs?:
    | { readonly packages: readonly string[] }
    | { readonly help: string; readonly install: string }
    /** A tool that is put before the runner. */
    | { readonly wrapping: Tool; readonly argv: (request: RunnerRequest) => readonly string[] };
}

export type RunnerFiles =
  | { readonly globs: readonly string[] }
  /** The runner lists them: one absolute or relative path a line. */
  | { readonly argv: readonly string[] };
