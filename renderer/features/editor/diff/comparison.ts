/** What became of a stage, or of a key of the file. */
export type ChangeType = 'added' | 'removed' | 'renamed' | 'changed';

/** One field of it that is not the same; null where a text does not have it. */
export interface ChangedField {
  /** As people write it: `env.NODE_ENV`, `needs build`. */
  readonly name: string;
  /** In one line, cut where it is long. */
  readonly before: string | null;
  readonly after: string | null;
}

/** A stage, or another key of the file, that is not the same in two texts. */
export interface Change {
  /** Unique in its comparison, and the same in the next one. */
  readonly key: string;
  readonly type: ChangeType;
  /** The pipeline of the file that it belongs to; null for the file's own stages, and for keys of the file. */
  readonly scope: string | null;
  /** The id of the stage as it is called now, or was; null for a key of the file. */
  readonly stage: string | null;
  /** `build`, `deploy / push`, `on`, `templates.node`. */
  readonly title: string;
  /** Of a renamed stage: as it was called. */
  readonly from: string | null;
  readonly fields: readonly ChangedField[];
  /** As the texts write it, without what it is indented by; null where a text does not have it. */
  readonly before: string | null;
  readonly after: string | null;
  /** Where it begins in the present text; null when it is gone. */
  readonly offset: number | null;
}

/** A stage of one of the texts, or of both, as a graph shows it. */
export interface ComparedStage {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  /** Null: it is the same in both. */
  readonly change: ChangeType | null;
  /** As it was called, if that was otherwise. */
  readonly from: string | null;
  /** Of both texts together. */
  readonly needs: readonly string[];
  readonly addedNeeds: readonly string[];
  readonly removedNeeds: readonly string[];
}

/** The stages of the file (null), or of one of its pipelines. */
export interface ComparedScope {
  readonly scope: string | null;
  readonly stages: readonly ComparedStage[];
}

/** What differs in the meaning of two texts. */
export interface Comparison {
  readonly changes: readonly Change[];
  /** Those that have stages; the file's own come first. */
  readonly scopes: readonly ComparedScope[];
}

/** The answer for two texts, or which of them cannot be read, and why. */
export type ComparisonAnswer =
  | { readonly ok: true; readonly comparison: Comparison }
  | { readonly ok: false; readonly side: 'before' | 'after'; readonly message: string };
