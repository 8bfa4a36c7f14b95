import type { PipelineInput, PipelineStage } from '#shared/api/schemas.ts';
import type { SimulatedEvent } from '#shared/api/simulation-schemas.ts';
import type { Issue } from '#shared/lib/issue.ts';
import type { Operation } from '#shared/pipeline/edits/operation.ts';
import type { TextEdit } from '#shared/pipeline/edits/text-edit.ts';
import type { Explanation } from '#shared/pipeline/explain/explanation.ts';
import type { ValuePath } from '#shared/pipeline/source-map.ts';

/** A way out of an issue that one click takes. */
export interface QuickFix {
  /** A verb first: `Add a timeout of 30m`. */
  readonly title: string;
  readonly operations: readonly Operation[];
}

/** An issue of the engine, where it stands in the text. */
export interface EditorIssue extends Issue {
  /** Offsets in the document's text. */
  readonly start: number;
  readonly end: number;
  /** The value that it is about, as far as one is known: the form shows it at that field. */
  readonly valuePath: ValuePath;
  /** The stage that it is in. */
  readonly stage: string | null;
  readonly fixes: readonly QuickFix[];
}

/** What could be better though it is valid, where it stands in the text: `start` and `end` are offsets as those of issues. */
export interface EditorExplanation extends Omit<Explanation, 'place'>, Pick<EditorIssue, 'start' | 'end'> {
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

/** A stage as the editor draws it. */
export interface EditorStage extends PipelineStage {
  /** Of the pipeline of the file that it belongs to; null for the file's own. */
  readonly scope: string | null;
  /** From the first code unit of its key to the last of its value. */
  readonly start: number;
  readonly end: number;
  /** The path of its value: `['stages', id]`, or `['pipelines', scope, 'stages', id]`. */
  readonly path: ValuePath;
  readonly runsOn: string | null;
  /** How many legs its matrix has; null without one or when it is not known before the run. */
  readonly legs: number | null;
  /** It stands in a file that this one includes, and cannot be changed here: `start` and `end` are 0 then. */
  readonly isIncluded: boolean;
  readonly errors: number;
  /** Those of the explanations count, too; hints do not. */
  readonly warnings: number;
}

/** What is known of one version of the text. */
export interface Analysis {
  /** Of the text that it is of. */
  readonly version: number;
  readonly name: string | null;
  /** Plain values as the file writes them; what forms show. */
  readonly value: unknown;
  readonly stages: readonly EditorStage[];
  readonly inputs: readonly PipelineInput[];
  /** The events that may start it by themselves, whatever their filters. */
  readonly triggers: readonly SimulatedEvent[];
  readonly issues: readonly EditorIssue[];
  /** In the order of their places; of a text with errors, of what was understood of it. */
  readonly explanations: readonly EditorExplanation[];
  readonly runnable: boolean;
}

/** A text without a readable pipeline in it: canvas and forms stay at what was read last. */
export interface BrokenText {
  readonly version: number;
  /** The first syntax error. */
  readonly issue: EditorIssue;
}

/** The answer to an operation; edits are of the text that was asked about. */
export type EditAnswer =
  | { readonly ok: true; readonly edits: readonly TextEdit[] }
  | { readonly ok: false; readonly reason: string };
