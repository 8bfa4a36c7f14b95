/** A file to publish. */
export interface PublishedFile {
  /** Below the target, with forward slashes. */
  readonly path: string;
  /** On this machine. */
  readonly absolute: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Where files go. Each call tries again by itself what may pass. */
export interface FileTarget {
  /** For people: `the bucket shop`. */
  readonly name: string;
  /** Where a file will be found, for people and outputs. */
  urlOf(path: string): string;
  /** The SHA-256 of what is there; null: nothing. */
  digestOf(file: PublishedFile): Promise<string | null>;
  /** Sends it; it appears whole or not at all. What is there is replaced. */
  send(file: PublishedFile): Promise<void>;
}
