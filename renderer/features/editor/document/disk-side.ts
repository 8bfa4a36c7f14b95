import type { StoreApi } from 'zustand/vanilla';
import type { Source } from '#shared/api/source-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { DocumentActions, DocumentState } from './document-store.ts';
import { formChange } from './editor-state.ts';
import type { FilePort } from './file-port.ts';
import { mergeTexts } from './merge-texts.ts';
import { toFileText, toSourceText, type SourceText } from './source-text.ts';
import type { TextSide } from './text-side.ts';

/** What the text here was made from: the file when it was last read, written or answered for. */
export interface Base extends SourceText {
  readonly hash: string;
}

export const baseOf = ({ text, hash }: Pick<Source, 'text' | 'hash'>): Base => ({
  ...toSourceText(text),
  hash,
});

/** A document's side towards the file on disk. */
export interface DiskSide extends Pick<DocumentActions, 'save' | 'reload' | 'merge' | 'keepMine'> {
  base(): Base;
  /** The whole file that saving would write. */
  fileText(): string;
  /** What was found on disk; null while the file is gone. */
  onDisk(source: Source | null): void;
  /** Compares the text with what was saved. */
  checkDirty(): void;
}

export interface DiskPorts {
  readonly store: StoreApi<DocumentState>;
  readonly files: Pick<FilePort, 'file' | 'read' | 'write'>;
  readonly text: Pick<TextSide, 'replace' | 'receive'>;
  /** After the file on disk has changed, here or elsewhere. */
  readonly onFileChanged: () => void;
}

export function createDiskSide({ store, files, text, onFileChanged }: DiskPorts, start: Base): DiskSide {
  const { getState: get } = store;
  let base = start;
  /** The newest that was found and that differs from `base`. */
  let found: Base | null = null;
  /** Found while a save was under way, which may be what was just written. */
  let late: { readonly source: Source | null } | null = null;

  const present = (): string => get().editor.doc.toString();
  const fileText = (): string => toFileText(present(), base.form);

  function checkDirty(): void {
    const { disk, editor } = get();
    // Most changes change the length, which tells without a walk through the text.
    const isOther = editor.doc.length !== base.text.length || present() !== base.text;
    const isDirty = disk.type === 'removed' || isOther;
    if (isDirty !== get().isDirty) store.setState({ isDirty });
  }

  function setBase(next: Base): void {
    base = next;
    found = null;
    text.receive([get().editor.update(formChange(next.form, get().isReadOnly))]);
    store.setState({ saved: next.text, disk: { type: 'same' } });
    checkDirty();
  }

  function take(next: Base, label: string): void {
    setBase(next);
    text.replace(next.text, label);
    checkDirty();
    onFileChanged();
  }

  function setReadOnly(readOnlyReason: string | null): void {
    const isReadOnly = readOnlyReason !== null;
    if (isReadOnly === get().isReadOnly && readOnlyReason === get().readOnlyReason) return;
    store.setState({ isReadOnly, readOnlyReason });
    text.receive([get().editor.update(formChange(base.form, isReadOnly))]);
  }

  function onDisk(source: Source | null): void {
    if (get().isSaving) {
      late = { source };
      return;
    }
    if (source === null) {
      store.setState({ disk: { type: 'removed' } });
      checkDirty();
      return;
    }
    setReadOnly(source.readOnly);
    const next = baseOf(source);
    const isClean = present() === base.text;
    if (next.hash === base.hash || next.text === present()) setBase(next);
    else if (isClean) take(next, 'Change on disk');
    else {
      found = next;
      store.setState({ disk: { type: 'changed', text: next.text } });
      onFileChanged();
    }
  }

  return {
    base: () => base,
    fileText,
    onDisk,
    checkDirty,
    async save(overwrite = false) {
      const { isReadOnly, readOnlyReason, isSaving } = get();
      if (isReadOnly) throw new AppError('file-read-only', readOnlyReason ?? `${files.file} is read-only.`);
      if (isSaving) return;
      const written = { text: present(), form: base.form };
      store.setState({ isSaving: true });
      try {
        const saved = await files.write(toFileText(written.text, written.form), base.hash, overwrite);
        if (saved.status === 'saved') {
          setBase({ ...written, hash: saved.hash });
          store.setState({ restored: null });
          onFileChanged();
          return;
        }
        late = { source: saved.status === 'changed' ? saved.source : null };
      } finally {
        store.setState({ isSaving: false });
        const missed = late;
        late = null;
        if (missed !== null) onDisk(missed.source);
      }
      if (get().disk.type === 'same') return;
      throw new AppError('file-changed', `${files.file} was changed on disk meanwhile.`, {
        hint: 'Compare the two, then keep one or merge them.',
      });
    },
    async reload() {
      const source = await files.read();
      setReadOnly(source.readOnly);
      take(baseOf(source), 'Take what is on disk');
      store.setState({ restored: null });
    },
    async merge() {
      const theirs = found ?? baseOf(await files.read());
      const merged = mergeTexts(present(), base.text, theirs.text);
      setBase(theirs);
      text.replace(merged.text, 'Merge with what is on disk');
      checkDirty();
      return { conflicts: merged.conflicts };
    },
    keepMine() {
      if (found !== null) setBase(found);
      else store.setState({ disk: { type: 'same' } });
    },
  };
}
