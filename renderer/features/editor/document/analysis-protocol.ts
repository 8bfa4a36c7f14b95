import type { Operation } from '#shared/pipeline/edits/operation.ts';
import type { Analysis, BrokenText, EditAnswer } from './analysis.ts';

/** A text to be read and checked. */
export interface AnalyseRequest {
  /** The document that it is of: of several requests that wait for one document only the newest is answered. */
  readonly key: string;
  readonly version: number;
  /** How issues name the file; relative to the project's folder. */
  readonly file: string;
  readonly text: string;
  /** The ids of the catalog's kinds. */
  readonly kinds: readonly string[];
  /** Files that the text includes or calls, by path; null for those that cannot be read. */
  readonly included: Readonly<Record<string, string | null>>;
}

export interface AnalyseAnswer {
  readonly result: Analysis | BrokenText;
  /** Files that the text names and that `included` did not have: the result is without them. */
  readonly wanted: readonly string[];
}

/** Reads texts and turns operations into edits of them, away from the thread that draws. */
export interface Analyser {
  /** @returns null when a newer request of the same document came in between */
  analyse(request: AnalyseRequest): Promise<AnalyseAnswer | null>;
  edit(text: string, operations: readonly Operation[]): Promise<EditAnswer>;
}

/** A question to the worker, and its answer by the same id. */
export type WorkerRequest =
  | { readonly id: number; readonly type: 'analyse'; readonly request: AnalyseRequest }
  | {
      readonly id: number;
      readonly type: 'edit';
      readonly text: string;
      readonly operations: readonly Operation[];
    };

export type WorkerResponse =
  | { readonly id: number; readonly ok: true; readonly answer: AnalyseAnswer | EditAnswer }
  | { readonly id: number; readonly ok: false; readonly message: string };
