import { redo, redoDepth, undo, undoDepth } from '@codemirror/commands';
import type { EditorState, StateCommand, Transaction } from '@codemirror/state';
import { diff } from '@codemirror/merge';
import type { StoreApi } from 'zustand/vanilla';
import type { Operation } from '#shared/pipeline/edits/operation.ts';
import type { Analyser } from './analysis-protocol.ts';
import type { EditAnswer } from './analysis.ts';
import type { DocumentState } from './document-store.ts';
import { noteOf, notedChange, TYPING } from './editor-state.ts';

/** How often an operation is computed anew because somebody typed meanwhile. */
const MOST_TRIES = 8;
/** A difference that takes longer to find is taken as one change. */
const DIFF_LIMITS = { scanLimit: 1_000, timeout: 200 };

/** The text of a document and its history. */
export interface TextSide {
  /** Takes transactions of the present state. */
  receive(transactions: readonly Transaction[]): void;
  /** Makes the text another one as one step of undo, changing only what differs, so that cursors stay where they are. */
  replace(text: string, label: string): void;
  apply(operations: readonly Operation[], label: string): Promise<EditAnswer>;
  /** Resolves when the operations that were asked for until now are in the text, or refused. */
  settled(): Promise<void>;
  undo(): string | null;
  redo(): string | null;
}

export interface TextPorts {
  readonly store: StoreApi<DocumentState>;
  readonly analyser: Pick<Analyser, 'edit'>;
  /** Told after the state has changed. */
  readonly onTransactions: (transactions: readonly Transaction[]) => void;
}

export function createTextSide({ store, analyser, onTransactions }: TextPorts): TextSide {
  const { getState: get } = store;
  // One after another: each is computed on what the one before has made.
  let turn: Promise<unknown> = Promise.resolve();

  function receive(transactions: readonly Transaction[]): void {
    const last = transactions.at(-1);
    if (last === undefined) return;
    const hasChanged = transactions.some(({ docChanged }) => docChanged);
    store.setState({ editor: last.state, ...(hasChanged && { version: get().version + 1 }) });
    onTransactions(transactions);
  }

  async function applyNow(operations: readonly Operation[], label: string): Promise<EditAnswer> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const { version, editor, isReadOnly, readOnlyReason, selection } = get();
      if (isReadOnly) return { ok: false, reason: readOnlyReason ?? 'The file cannot be changed.' };
      const answer = await analyser.edit(editor.doc.toString(), operations);
      if (!answer.ok) return answer;
      if (get().version !== version) continue;
      if (answer.edits.length > 0) {
        const note = { label, stages: selection.stages };
        receive([get().editor.update(notedChange(answer.edits, note))]);
      }
      return answer;
    }
    return { ok: false, reason: 'The text changes all the time: try again when nobody types in it.' };
  }

  function step(command: StateCommand, depth: (state: EditorState) => number): Transaction | null {
    const { editor } = get();
    if (depth(editor) === 0) return null;
    let done: Transaction | null = null;
    const dispatch = (transaction: Transaction): void => {
      done = transaction;
      receive([transaction]);
    };
    command({ state: editor, dispatch });
    return done;
  }

  const labelOf = (transaction: Transaction | null): string | null =>
    transaction && (noteOf(transaction)?.label ?? TYPING);

  return {
    receive,
    replace(text, label) {
      const { editor, selection } = get();
      const present = editor.doc.toString();
      if (text === present) return;
      const edits = diff(present, text, DIFF_LIMITS).map(({ fromA, toA, fromB, toB }) => ({
        start: fromA,
        end: toA,
        text: text.slice(fromB, toB),
      }));
      receive([editor.update(notedChange(edits, { label, stages: selection.stages }))]);
    },
    apply(operations, label) {
      const answer = turn.then(() => applyNow(operations, label));
      turn = answer.catch(() => undefined);
      return answer;
    },
    async settled() {
      await turn;
    },
    undo() {
      const done = step(undo, undoDepth);
      const note = done && noteOf(done);
      if (note) {
        store.setState({ selection: { stages: note.stages, path: null, by: 'command' } });
      }
      return labelOf(done);
    },
    redo: () => labelOf(step(redo, redoDepth)),
  };
}
