import type { EditorState, TransactionSpec } from '@codemirror/state';
import type { StoreApi } from 'zustand';
import type { Operation } from '#shared/pipeline/edits/operation.ts';
import type { Analysis, BrokenText, EditAnswer } from './analysis.ts';

/** Where a document stands beside the file on disk. */
export type DiskState =
  | { readonly type: 'same' }
  /** Somebody else changed the file while it was dirty here. */
  | { readonly type: 'changed'; readonly text: string }
  | { readonly type: 'removed' };

/** Which stages are chosen, and which value the form and the text should bring into view. */
export interface Selection {
  readonly stages: readonly string[];
  /** Who chose it: the others follow. */
  readonly by: 'canvas' | 'form' | 'text' | 'command';
}

/**
 * One open pipeline file. Its text is a CodeMirror state, which also keeps the history: canvas, forms and text are views
 * of it, and undo takes back the last change whoever made it.
 */
export interface DocumentState {
  /** Relative to the project's folder. */
  readonly file: string;
  /** With LF at the ends of lines; a file of CRLF lines gets them back when it is saved. */
  readonly editor: EditorState;
  /** Counts up with each change of the text. */
  readonly version: number;
  /** Of the newest text that could be read; null before the first one. */
  readonly analysis: Analysis | null;
  /** Set while the text cannot be read. */
  readonly broken: BrokenText | null;
  readonly selection: Selection;
  /** The stages on the canvas: of the file (null), or of one of its pipelines. */
  readonly scope: string | null;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly disk: DiskState;
  readonly isReadOnly: boolean;
  /** What Git has of the file; null outside of a repository, '' for a file that it does not have. */
  readonly head: string | null;
}

/** What views ask of a document. Each change of the text is one step of undo. */
export interface DocumentActions {
  /** Makes operations as one change, in order; none of them when one is refused. */
  apply(operations: readonly Operation[], label: string): Promise<EditAnswer>;
  /** A change of the text by a view of it; typing, mostly. */
  dispatch(spec: TransactionSpec): void;
  /** @returns the label of what was taken back, or null when there is nothing */
  undo(): string | null;
  redo(): string | null;
  select(stages: readonly string[], by: Selection['by']): void;
  showScope(scope: string | null): void;
  /** Writes the file; with a conflict on disk it fails with `file-changed`, unless `overwrite`. */
  save(overwrite?: boolean): Promise<void>;
  /** Takes what is on disk; undo brings back what was here. */
  reload(): Promise<void>;
  /** Joins what is here with what is on disk, three-way; places where both changed get both, marked. */
  merge(): Promise<{ readonly conflicts: number }>;
}

export type PipelineDocument = StoreApi<DocumentState> & { readonly actions: DocumentActions };
