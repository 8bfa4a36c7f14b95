import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ProjectId } from '#shared/lib/ids.ts';
import type { PipelineDocument } from './document-store.ts';

/** Which file of which project; `file` is relative to the project's folder. */
export interface FilePlace {
  readonly projectId: ProjectId;
  readonly file: string;
}

/** A file that stands in a tab. */
export interface OpenFile extends FilePlace {
  /** Null until it was read. */
  readonly document: PipelineDocument | null;
}

interface OpenFilesState {
  /** In the order of their tabs, of all projects. */
  readonly files: readonly OpenFile[];
}

/** The files that the window has open, shown or not, each with its text and its history. */
export interface OpenFiles extends StoreApi<OpenFilesState> {
  /**
   * The document of a file, read if it is not open yet.
   * @returns rejects with what `read` does; the file has no tab then
   */
  open(place: FilePlace, read: () => Promise<PipelineDocument>): Promise<PipelineDocument>;
  /** What is not saved stays in the draft, unless it is to be discarded. */
  close(place: FilePlace, discard?: boolean): Promise<void>;
  /** Keeps in drafts what is not saved: the window may go. */
  keepDrafts(): Promise<void>;
}

export const isSameFile = (one: FilePlace, other: FilePlace): boolean =>
  one.projectId === other.projectId && one.file === other.file;

/** @param before tabs of an earlier session, which nobody has read yet */
export function createOpenFiles(before: readonly FilePlace[] = []): OpenFiles {
  const store = createStore<OpenFilesState>(() => ({
    files: before.map(({ projectId, file }) => ({ projectId, file, document: null })),
  }));
  const opening: { readonly place: FilePlace; readonly opened: Promise<PipelineDocument> }[] = [];
  const files = (): readonly OpenFile[] => store.getState().files;
  const openingOf = (place: FilePlace) => opening.find((entry) => isSameFile(entry.place, place));

  function forget(place: FilePlace): void {
    const at = opening.findIndex((entry) => isSameFile(entry.place, place));
    if (at >= 0) opening.splice(at, 1);
    store.setState({ files: files().filter((each) => !isSameFile(each, place)) });
  }

  function take(place: FilePlace, document: PipelineDocument): void {
    store.setState({
      files: files().map((each) => (isSameFile(each, place) ? { ...each, document } : each)),
    });
  }

  return {
    ...store,
    open({ projectId, file }, read) {
      const place = { projectId, file };
      const known = openingOf(place);
      if (known !== undefined) return known.opened;
      const opened = read();
      opening.push({ place, opened });
      if (!files().some((each) => isSameFile(each, place)))
        store.setState({ files: [...files(), { ...place, document: null }] });
      const isStillOpen = (): boolean => openingOf(place)?.opened === opened;
      opened.then(
        (document) => {
          if (isStillOpen()) take(place, document);
          else void document.close();
        },
        () => {
          if (isStillOpen()) forget(place);
        },
      );
      return opened;
    },
    async close(place, discard = false) {
      const found = files().find((each) => isSameFile(each, place));
      forget(place);
      await (discard ? found?.document?.abandon() : found?.document?.close());
    },
    async keepDrafts() {
      await Promise.all(files().map(({ document }) => document?.keep() ?? Promise.resolve()));
    },
  };
}

/** The tab to show once one has been closed: the one behind it, else the one before; null when none is left. */
export function neighbourOf(tabs: readonly OpenFile[], closed: FilePlace): OpenFile | null {
  const at = tabs.findIndex((tab) => isSameFile(tab, closed));
  return tabs[at + 1] ?? tabs[at - 1] ?? null;
}
