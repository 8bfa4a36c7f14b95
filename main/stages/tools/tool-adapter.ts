import type { KindContext, ToolExit } from '#main/engine/kind-ports.ts';
import type { ReportFormat } from '#main/engine/ports.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import type { FoundTool } from './find-tool.ts';
import type { Tool } from './tool.ts';
import type { Scratch } from './with-scratch.ts';

/** What an exit code says: it looked and found nothing, it found something, or it could not look. */
export type ExitMeaning = 'clean' | 'findings' | 'errored';

/** Where a tool's report is: on its standard output, between other words on its standard error, or in a file of the scratch folder. */
export interface ReportSource {
  readonly from: 'stdout' | 'stderr' | { readonly file: string };
  /** A known format, or how to read one of the tool's own. */
  readonly format: ReportFormat | ReadReport;
  /** A tool that writes nothing at all when it finds nothing; else an empty report is none. */
  readonly mayBeEmpty?: true;
}

/** Reads a report of a tool's own. @throws Error when it is not what the tool writes; the stage is an infra-error then */
export type ReadReport = (text: string, about: { readonly context: KindContext }) => readonly NormalForm[];

/** A row of the table from which most kinds are made: a tool, how it is called, and what its answers mean. */
export interface ToolAdapter<Settings> {
  readonly tool: Tool;
  /** Whether it is the one for this project; absent: always. Asked before whether it is installed. */
  readonly fits?: (context: KindContext, settings: Settings) => Promise<boolean>;
  /**
   * The arguments after the command itself.
   * @param scratch the folder for files, as the tool sees it; '' when no report is in a file
   */
  readonly argv: (
    settings: Settings,
    about: { readonly context: KindContext; readonly scratch: string },
  ) => string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Writes what the tool is to read, such as a configuration, into the scratch folder; for kinds with `worksOnFiles`. */
  readonly prepare?: (
    settings: Settings,
    about: { readonly context: KindContext; readonly scratch: Scratch },
  ) => Promise<void>;
  /** By exit code; others are `errored`. */
  readonly exit: Readonly<Record<number, ExitMeaning>>;
  readonly reports: readonly ReportSource[];
  /**
   * How many things were looked at, where the reports do not tell; 0 makes the stage an infra-error.
   * Null: it cannot be told, and the exit code is believed.
   */
  readonly checked?: (reports: readonly NormalForm[], exit: ToolExit) => number | null;
}

export interface AdapterRun {
  readonly found: FoundTool;
  readonly meaning: Exclude<ExitMeaning, 'errored'>;
  readonly exit: ToolExit;
  readonly reports: readonly NormalForm[];
  /** Null: the tool does not tell. */
  readonly checked: number | null;
}
