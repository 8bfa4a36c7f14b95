import type { EditorState, Text, Transaction, TransactionSpec } from '@codemirror/state';
import type { StoreApi } from 'zustand/vanilla';
import type { StagePlaces } from '#shared/api/layout-schemas.ts';
import type { GitFile } from '#shared/api/source-schemas.ts';
import type { Operation } from '#shared/pipeline/edits/operation.ts';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import type { Analysis, BrokenText, EditAnswer } from './analysis.ts';

/** Where a document stands beside the file on disk. */
export type DiskState =
  | { readonly type: 'same' }
  /** Somebody else changed the file while it was dirty here. */
  | { readonly type: 'changed'; readonly text: string }
  | { readonly type: 'removed' };

/** Changes that an earlier session had not saved, and that are in the text again. */
export interface RestoredDraft {
  /** Epoch milliseconds. */
  readonly savedAt: number;
}

/** Which stages are chosen, and which value the form and the text should bring into view. */
export interface Selection {
  readonly stages: readonly string[];
  /** The value that is meant; null for the stages as such. */
  readonly path: ValuePath | null;
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
  /** The text that `analysis` is of, which may be older than that of `editor`; empty before the first one. */
  readonly read: Text;
  /** Set while the text cannot be read. */
  readonly broken: BrokenText | null;
  readonly selection: Selection;
  /** The stages on the canvas: of the file (null), or of one of its pipelines. */
  readonly scope: string | null;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly disk: DiskState;
  /** The text as it was last read or written, in the form of `editor`. */
  readonly saved: string;
  /** Changes are refused. */
  readonly isReadOnly: boolean;
  /** Why, in one sentence. */
  readonly readOnlyReason: string | null;
  /** Why unsaved changes would not survive a crash now, in one sentence; null while they would. */
  readonly draftProblem: string | null;
  /** Set until it is dismissed, saved or discarded. */
  readonly restored: RestoredDraft | null;
  /** What Git has of the file, in the form of `editor`; null outside of a repository, '' for a file that it does not have. */
  readonly head: string | null;
  /** Branch and status in Git; null outside of a repository. */
  readonly git: GitFile | null;
  /** Places of stages that were moved by hand; the others are laid out. They are no part of the text. */
  readonly places: StagePlaces;
}

/** What views ask of a document. Each change of the text is one step of undo. */
export interface DocumentActions {
  /** Makes operations as one change, in order; none of them when one is refused. */
  apply(operations: readonly Operation[], label: string): Promise<EditAnswer>;
  /**
   * A change of the text, of the cursor or of the state's extensions by a view of it. Transactions are those that a view
   * made of the present state: give them to it when `onTransactions` tells of them, as with all others.
   */
  dispatch(change: TransactionSpec | readonly Transaction[]): void;
  /** @returns the label of what was taken back, or null when there is nothing */
  undo(): string | null;
  redo(): string | null;
  /** @param path the value that is meant; default: the stages as such */
  select(stages: readonly string[], by: Selection['by'], path?: ValuePath | null): void;
  showScope(scope: string | null): void;
  /** Resolves when the operations that were asked for until now are in the text, or refused. */
  settled(): Promise<void>;
  /** Writes the file, with what was asked for before it; with a conflict on disk it fails with `file-changed`, unless `overwrite`. */
  save(overwrite?: boolean): Promise<void>;
  /** Takes what is on disk; undo brings back what was here. */
  reload(): Promise<void>;
  /** Joins what is here with what is on disk, three-way; places where both changed get both, marked. */
  merge(): Promise<{ readonly conflicts: number }>;
  /** Goes on with what is here: the file on disk no longer stands in the way of saving. */
  keepMine(): void;
  /** Reads included files, the catalog and Git again: something outside of the file may have changed. */
  refresh(): Promise<void>;
  /** Takes a restored draft away again, and the text back that is on disk. */
  discardDraft(): Promise<void>;
  dismissRestored(): void;
  /** Stages of the present scope stand at these places from now on; null gives a stage back to the layout. */
  place(places: Readonly<Record<string, Point | null>>): void;
  /** All stages of the present scope are laid out again. */
  clearPlaces(): void;
}

/** Pixels on the canvas. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export type PipelineDocument = StoreApi<DocumentState> & {
  readonly actions: DocumentActions;
  /**
   * Calls with all transactions of the text's state, in order; the returned function ends it. A view takes them with
   * `EditorView.update`, those that it dispatched itself included.
   */
  onTransactions(listener: (transactions: readonly Transaction[]) => void): () => void;
  /** Keeps what is not saved in the draft, at once. */
  keep(): Promise<void>;
  /** Ends what goes on in the background; what is not saved stays in the draft. */
  close(): Promise<void>;
  /** As `close`; what is not saved is gone, and the draft with it. */
  abandon(): Promise<void>;
};
