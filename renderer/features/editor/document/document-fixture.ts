import type { StagePlaces } from '#shared/api/layout-schemas.ts';
import type { Draft, Head, Saved, Source } from '#shared/api/source-schemas.ts';
import { analyse } from './analyse.ts';
import type { Analyser } from './analysis-protocol.ts';
import { createDocument } from './create-document.ts';
import type { PipelineDocument } from './document-store.ts';
import { createEditText } from './edit-text.ts';
import type { FilePort } from './file-port.ts';
import type { Timers } from './timers.ts';

/** An analyser on this thread; it answers in a microtask. */
export const directAnalyser: Analyser = {
  analyse: (request) => Promise.resolve(analyse(request)),
  edit: (text, operations) => Promise.resolve(createEditText()(text, operations)),
};

/** A clock that stands until it is told to go on. */
export interface ManualTimers extends Timers {
  /** Lets time pass and runs what is due, in order. */
  advance(ms: number): void;
}

export function createManualTimers(): ManualTimers {
  let now = 0;
  let due: { readonly at: number; readonly run: () => void }[] = [];
  return {
    now: () => now,
    after(ms, run) {
      const entry = { at: now + ms, run };
      due.push(entry);
      return () => {
        due = due.filter((other) => other !== entry);
      };
    },
    advance(ms) {
      now += ms;
      const ready = due.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
      due = due.filter(({ at }) => at > now);
      for (const { run } of ready) run();
    },
  };
}

/** A disk with one file; its members may be read and set between calls. */
export interface MemoryDisk {
  text: string | null;
  readOnly: string | null;
  draft: Draft | null;
  places: StagePlaces;
  head: Head;
  included: Record<string, string>;
  /** Changes the file as another program does, and tells those who follow it. */
  change(text: string | null): void;
}

/** Names content by itself. */
const hashOf = (text: string): string => `hash of ${text}`;

export function createMemoryFiles(
  text: string,
  file = 'pipewright.yml',
): { readonly disk: MemoryDisk; readonly files: FilePort } {
  const followers = new Set<(source: Source | null) => void>();
  const source = (): Source | null =>
    disk.text === null ? null : { file, text: disk.text, hash: hashOf(disk.text), readOnly: disk.readOnly };
  const disk: MemoryDisk = {
    text,
    readOnly: null,
    draft: null,
    places: {},
    head: { git: null, text: null },
    included: {},
    change(changed) {
      disk.text = changed;
      for (const follower of [...followers]) follower(source());
    },
  };
  const files: FilePort = {
    file,
    read: () => {
      const found = source();
      return found === null ? Promise.reject(new Error(`There is no ${file}.`)) : Promise.resolve(found);
    },
    write(written, baseHash, overwrite): Promise<Saved> {
      const found = source();
      if (!overwrite && found === null) return Promise.resolve({ status: 'removed' });
      if (!overwrite && found !== null && found.hash !== baseHash)
        return Promise.resolve({ status: 'changed', source: found });
      disk.text = written;
      return Promise.resolve({ status: 'saved', hash: hashOf(written) });
    },
    follow(listener) {
      followers.add(listener);
      return () => followers.delete(listener);
    },
    readHead: () => Promise.resolve(disk.head),
    readIncluded: (path) => Promise.resolve(disk.included[path] ?? null),
    listKinds: () => Promise.resolve(['test.unit']),
    readDraft: () => Promise.resolve(disk.draft),
    writeDraft: (draft) => {
      disk.draft = draft;
      return Promise.resolve();
    },
    readPlaces: () => Promise.resolve(disk.places),
    writePlaces: (places) => {
      disk.places = places;
      return Promise.resolve();
    },
  };
  return { disk, files };
}

export interface TestDocument {
  readonly document: PipelineDocument;
  readonly disk: MemoryDisk;
  readonly timers: ManualTimers;
  /** The present text, with LF at the ends of lines. */
  text(): string;
  /** Lets what is under way come to rest; analyses of typing wait for `timers.advance`. */
  settle(): Promise<void>;
}

/** A document over a file in memory, read and checked on this thread; for tests of what stands on a document. */
export async function documentOf(text: string, draft: Draft | null = null): Promise<TestDocument> {
  const { disk, files } = createMemoryFiles(text);
  disk.draft = draft;
  const timers = createManualTimers();
  const document = createDocument(
    { analyser: directAnalyser, files, timers, key: files.file },
    await files.read(),
    draft,
  );
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  await settle();
  return { document, disk, timers, settle, text: () => document.getState().editor.doc.toString() };
}
