import { Text } from '@codemirror/state';
import type { Transaction, TransactionSpec } from '@codemirror/state';
import { createStore } from 'zustand/vanilla';
import type { Draft, Source } from '#shared/api/source-schemas.ts';
import type { Analyser } from './analysis-protocol.ts';
import { createChecker } from './checker.ts';
import { baseOf, createDiskSide } from './disk-side.ts';
import type { DocumentActions, DocumentState, PipelineDocument } from './document-store.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import { createEditorState, fromOutside } from './editor-state.ts';
import type { FilePort } from './file-port.ts';
import { createPlaces } from './places.ts';
import { toSourceText } from './source-text.ts';
import { createTextSide } from './text-side.ts';
import type { Timers } from './timers.ts';

export interface DocumentPorts {
  readonly analyser: Analyser;
  readonly files: FilePort;
  readonly timers: Timers;
  /** Names the document among those that share the analyser. */
  readonly key: string;
}

/**
 * Reads a file and what an earlier session left of it. A file that is gone meanwhile is shown as it was when it had a draft.
 * @throws what the host refused
 */
export async function openDocument(ports: DocumentPorts): Promise<PipelineDocument> {
  const { files } = ports;
  const reading = files.read();
  // A draft that cannot be read is no reason not to show the file.
  const [draft] = await Promise.all([files.readDraft().catch(() => null), reading.catch(() => null)]);
  const source = await reading.catch((error: unknown): Source => {
    if (draft === null) throw error;
    // Following the file tells in a moment how it stands on disk.
    return { file: files.file, text: draft.baseText, hash: draft.baseHash, readOnly: null };
  });
  return createDocument(ports, source, draft);
}

/** A document of a file as it was read. Restores the draft, if one is given that differs. */
export function createDocument(
  ports: DocumentPorts,
  source: Source,
  draft: Draft | null = null,
): PipelineDocument {
  const { analyser, files, timers, key } = ports;
  const isOutdated = draft !== null && draft.baseHash !== source.hash && draft.text !== source.text;
  const base = isOutdated ? baseOf({ text: draft.baseText, hash: draft.baseHash }) : baseOf(source);
  const listeners = new Set<(transactions: readonly Transaction[]) => void>();
  const isReadOnly = source.readOnly !== null;
  const store = createStore<DocumentState>(() => ({
    file: files.file,
    editor: createEditorState(base.text, base.form, isReadOnly),
    version: 0,
    analysis: null,
    read: Text.empty,
    broken: null,
    selection: { stages: [], path: null, by: 'command' },
    scope: null,
    isDirty: false,
    isSaving: false,
    disk: { type: 'same' },
    saved: base.text,
    isReadOnly,
    readOnlyReason: source.readOnly,
    draftProblem: null,
    restored: null,
    head: null,
    git: null,
    places: {},
  }));
  const { getState: get } = store;

  const text = createTextSide({ store, analyser, onTransactions });
  const disk = createDiskSide({ store, files, text, onFileChanged: () => void readHead() }, base);
  const places = createPlaces({ store, files, timers });
  const checker = createChecker({ store, analyser, files, timers, key });
  const drafts = createDraftKeeper({ store, files, disk, timers, hasDraft: draft !== null });

  function onTransactions(transactions: readonly Transaction[]): void {
    for (const listener of [...listeners]) listener(transactions);
    if (!transactions.some(({ docChanged }) => docChanged)) return;
    disk.checkDirty();
    checker.onChange(!transactions.some(isWhole));
  }

  async function readHead(): Promise<void> {
    // Git is told of, never needed.
    const found = await files.readHead().catch(() => null);
    if (found === null) return;
    const head = found.git === null ? null : toSourceText(found.text ?? '').text;
    store.setState({ head, git: found.git });
  }

  function restore(from: Draft): void {
    const wanted = toSourceText(from.text).text;
    if (wanted === base.text) {
      drafts.onChange();
      return;
    }
    text.replace(wanted, 'Restore what was not saved');
    store.setState({ restored: { savedAt: from.savedAt } });
  }

  const unsubscribe = store.subscribe((state, before) => {
    if (state.version !== before.version || state.isDirty !== before.isDirty || state.saved !== before.saved)
      drafts.onChange();
  });

  if (draft !== null) restore(draft);
  if (isOutdated) disk.onDisk(source);
  const unfollow = files.follow((found) => disk.onDisk(found));
  checker.onChange(false);
  void readHead();
  void files
    .readPlaces()
    .then((found) => store.setState({ places: { ...found, ...get().places } }))
    // As with a layout that nobody has touched.
    .catch(() => undefined);

  const actions: DocumentActions = {
    async apply(operations, label) {
      const answer = await text.apply(operations, label);
      if (answer.ok) places.follow(operations);
      return answer;
    },
    dispatch(change) {
      text.receive(isTransactions(change) ? change : [get().editor.update(change)]);
    },
    undo: () => text.undo(),
    redo: () => text.redo(),
    select(stages, by, path = null) {
      store.setState({ selection: { stages, by, path } });
    },
    showScope(scope) {
      store.setState({ scope, selection: { stages: [], path: null, by: 'command' } });
    },
    settled: () => text.settled(),
    async save(overwrite) {
      await text.settled();
      await disk.save(overwrite);
    },
    reload: () => disk.reload(),
    merge: () => disk.merge(),
    keepMine: () => disk.keepMine(),
    discardDraft: () => disk.reload(),
    dismissRestored() {
      store.setState({ restored: null });
    },
    async refresh() {
      await Promise.all([checker.refresh(), readHead()]);
    },
    place: (changes) => places.place(changes),
    clearPlaces: () => places.clearPlaces(),
  };

  function stop(): void {
    unfollow();
    unsubscribe();
    checker.stop();
  }

  return {
    ...store,
    actions,
    onTransactions(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    keep: () => drafts.flush(),
    async close() {
      stop();
      await Promise.all([drafts.flush(), places.flush()]);
    },
    async abandon() {
      stop();
      await Promise.all([drafts.drop(), places.flush()]);
    },
  };
}

/** Not one of many small changes: an operation, a step of undo, a merge. */
const isWhole = (transaction: Transaction): boolean =>
  transaction.annotation(fromOutside) === true ||
  transaction.isUserEvent('undo') ||
  transaction.isUserEvent('redo');

const isTransactions = (change: TransactionSpec | readonly Transaction[]): change is readonly Transaction[] =>
  Array.isArray(change);
