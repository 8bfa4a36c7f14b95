import type { Severity } from '#shared/reports/severity.ts';
import type { ToolAdapter } from '../../tools/tool-adapter.ts';

/** What a tool for files gets: some of the files, as many as fit into one command. */
export interface FilesToCheck {
  /** Relative to the stage's folder. */
  readonly files: readonly string[];
  /** Of the stage's settings, before the files. */
  readonly args: readonly string[];
}

/** A row of the tables of kinds that look at files. */
export interface FileTool<Settings extends FilesToCheck> {
  readonly adapter: ToolAdapter<Settings>;
  /** Which files it is for. */
  readonly takes: (file: string) => boolean;
  /** Of the tools with the same word here only the first that is there is used: the others would say the same again. */
  readonly insteadOf?: string;
  /** It must see all of the files at once, however many: it reads their names from a file. */
  readonly allAtOnce?: true;
  /** What becomes of the severities that its report gives. */
  readonly severity?: (severity: Severity) => Severity;
}

/** Whether a file name ends with one of these, which are written without the dot. */
export const endsWith =
  (...endings: readonly string[]) =>
  (file: string): boolean =>
    endings.includes(file.slice(file.lastIndexOf('.') + 1).toLowerCase());

export const isScript = endsWith('js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx');
export const isPython = endsWith('py', 'pyi');
export const isC = endsWith('c', 'h', 'cc', 'cpp', 'cxx', 'hh', 'hpp', 'hxx');
