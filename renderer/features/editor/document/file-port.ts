import type { StagePlaces } from '#shared/api/layout-schemas.ts';
import type { Draft, Head, Saved, Source } from '#shared/api/source-schemas.ts';

/** One file as a document reaches it. All calls reject with what the host refused. */
export interface FilePort {
  /** Relative to the project's folder. */
  readonly file: string;
  read(): Promise<Source>;
  /** Replaces the file when it still has the bytes of `baseHash`, or whatever it has with `overwrite`. */
  write(text: string, baseHash: string, overwrite: boolean): Promise<Saved>;
  /**
   * Calls with what is on disk, at once and again whenever that changes; with null while the file is gone.
   * The returned function ends it.
   */
  follow(listener: (source: Source | null) => void): () => void;
  readHead(): Promise<Head>;
  /** A file that this one includes or calls; null when it cannot be read. */
  readIncluded(path: string): Promise<string | null>;
  /** The ids of the catalog's kinds. */
  listKinds(): Promise<readonly string[]>;
  readDraft(): Promise<Draft | null>;
  /** Keeps a draft; null removes it. */
  writeDraft(draft: Draft | null): Promise<void>;
  readPlaces(): Promise<StagePlaces>;
  writePlaces(places: StagePlaces): Promise<void>;
}
