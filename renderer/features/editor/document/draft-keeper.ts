import type { StoreApi } from 'zustand/vanilla';
import type { Draft } from '#shared/api/source-schemas.ts';
import type { DiskSide } from './disk-side.ts';
import type { DocumentState } from './document-store.ts';
import type { FilePort } from './file-port.ts';
import { toFileText } from './source-text.ts';
import { postpone, type Timers } from './timers.ts';

/** What a crash can cost at most. */
const EVERY_MS = 1_000;

/** Keeps what is not saved where it survives a crash. */
export interface DraftKeeper {
  /** The text, or what it is compared with, has changed. */
  onChange(): void;
  /** Keeps what is not kept yet, and waits for it. */
  flush(): Promise<void>;
  /** Removes what is kept; nothing more is kept from now on. */
  drop(): Promise<void>;
}

export interface DraftPorts {
  readonly store: StoreApi<DocumentState>;
  readonly files: Pick<FilePort, 'writeDraft'>;
  readonly disk: Pick<DiskSide, 'base' | 'fileText'>;
  readonly timers: Timers;
  /** Whether there is a draft of an earlier session. */
  readonly hasDraft: boolean;
}

export function createDraftKeeper({ store, files, disk, timers, hasDraft }: DraftPorts): DraftKeeper {
  const { getState: get } = store;
  let isKept = hasDraft;
  let pending = false;
  let writing: Promise<void> = Promise.resolve();
  const next = postpone(timers, write);

  function write(): void {
    if (!pending) return;
    pending = false;
    const { isDirty } = get();
    if (!isDirty && !isKept) return;
    const { text, form, hash: baseHash } = disk.base();
    const baseText = toFileText(text, form);
    const draft = isDirty ? { text: disk.fileText(), baseText, baseHash, savedAt: timers.now() } : null;
    put(draft);
  }

  function put(draft: Draft | null): void {
    isKept = draft !== null;
    writing = writing
      .then(() => files.writeDraft(draft))
      .then(
        () => {
          store.setState({ draftProblem: null });
        },
        (error: unknown) => {
          store.setState({ draftProblem: error instanceof Error ? error.message : String(error) });
        },
      );
  }

  return {
    onChange() {
      pending = true;
      // What was saved must not come back after a crash.
      if (!get().isDirty && isKept) next.now();
      else next.soon(EVERY_MS);
    },
    async flush() {
      next.now();
      await writing;
    },
    async drop() {
      pending = false;
      next.cancel();
      if (isKept) put(null);
      await writing;
    },
  };
}
