/** What the system tells of one process. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** The leader of its process group. */
  readonly group: number;
  /** 1 where the system does not tell. */
  readonly threads: number;
  /** With that of the children that it has waited for. */
  readonly cpuMs: number;
  /** Held by it alone: files that are mapped, as programs and libraries are, left out where the system tells. */
  readonly memoryBytes: number;
  /** With those of the children that it has waited for; null where the system does not tell. */
  readonly readBytes: number | null;
  readonly writtenBytes: number | null;
}
