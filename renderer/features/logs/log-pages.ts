import type { LogInfo, LogLine } from '#shared/api/schemas.ts';

export const PAGE_LINES = 500;
const MOST_PAGES = 60;
/** Lines may be long: what is kept is bounded by their characters as well. */
const MOST_CHARS = 24_000_000;
const MOST_AT_ONCE = 2;

export type FetchPage = (
  fromLine: number,
  count: number,
  signal: AbortSignal,
) => Promise<{ readonly lines: readonly LogLine[]; readonly info: LogInfo }>;

interface Page {
  readonly lines: readonly LogLine[];
  readonly chars: number;
  /** The log's size when it was read: the last page of a growing log gets old. */
  readonly sizeBytes: number;
}

/**
 * The lines of a log that are near what one looks at. `want` says what is in sight; pages of it and its neighbours are
 * fetched, requests for what went out of sight are dropped, and the pages used least recently are forgotten.
 */
export class LogPages {
  readonly #fetch: FetchPage;
  readonly #pages = new Map<number, Page>();
  readonly #running = new Map<number, AbortController>();
  readonly #listeners = new Set<() => void>();
  #info: LogInfo | null = null;
  #failure: unknown = null;
  #wanted: readonly number[] = [];
  #version = 0;

  constructor(fetch: FetchPage) {
    this.#fetch = fetch;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes with every answer; for `useSyncExternalStore`. */
  readonly version = (): number => this.#version;

  /** Null until the first answer. */
  get info(): LogInfo | null {
    return this.#info;
  }

  /** What the last request failed with; null after one that did not. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Undefined while it has not been fetched. Lines count from 1. */
  line(number: number): LogLine | undefined {
    return this.#pages.get(pageOf(number))?.lines[(number - 1) % PAGE_LINES];
  }

  /** Lines in sight, both ends included. */
  want(fromLine: number, toLine: number): void {
    const first = pageOf(Math.max(1, fromLine));
    const last = pageOf(Math.max(1, toLine));
    const inSight = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    this.#wanted = [...inSight, last + 1, first - 1];
    this.#failure = null;
    for (const [page, controller] of this.#running) {
      if (this.#wanted.includes(page)) continue;
      controller.abort();
      this.#running.delete(page);
    }
    for (const page of inSight) this.#touch(page);
    this.#next();
  }

  /** The log has grown, or is known to be of this size. */
  grow(info: LogInfo): void {
    if (this.#info !== null && info.sizeBytes < this.#info.sizeBytes) return;
    this.#info = info;
    this.#changed();
    this.#next();
  }

  /** Asks again for what failed. */
  retry(): void {
    this.#failure = null;
    this.#changed();
    this.#next();
  }

  /** Drops all requests; lines that were fetched stay. */
  stop(): void {
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
    this.#wanted = [];
  }

  #next(): void {
    for (const page of this.#wanted) {
      if (this.#running.size >= MOST_AT_ONCE || this.#failure !== null) return;
      if (!this.#running.has(page) && this.#isMissing(page)) void this.#load(page);
    }
  }

  #isMissing(page: number): boolean {
    if (page < 0) return false;
    const info = this.#info;
    const known = this.#pages.get(page);
    if (info === null) return known === undefined && page === this.#wanted[0];
    if (page * PAGE_LINES >= info.lineCount) return false;
    // A full page may still end in a line that goes on, as long as it is the last one.
    const isLast = (page + 1) * PAGE_LINES >= info.lineCount;
    return known === undefined || (isOld(known, info) && (isLast || known.lines.length < PAGE_LINES));
  }

  async #load(page: number): Promise<void> {
    const controller = new AbortController();
    this.#running.set(page, controller);
    try {
      const { lines, info } = await this.#fetch(page * PAGE_LINES + 1, PAGE_LINES, controller.signal);
      if (controller.signal.aborted) return;
      const chars = lines.reduce((sum, { text }) => sum + text.length, 0);
      this.#pages.delete(page);
      this.#pages.set(page, { lines, chars, sizeBytes: info.sizeBytes });
      if (this.#info === null || info.sizeBytes >= this.#info.sizeBytes) this.#info = info;
      this.#forget();
    } catch (error) {
      if (controller.signal.aborted) return;
      this.#failure = error;
    }
    this.#running.delete(page);
    this.#changed();
    this.#next();
  }

  #touch(page: number): void {
    const known = this.#pages.get(page);
    if (known === undefined) return;
    this.#pages.delete(page);
    this.#pages.set(page, known);
  }

  #forget(): void {
    let chars = 0;
    for (const page of this.#pages.values()) chars += page.chars;
    for (const [page, { chars: own }] of this.#pages) {
      if (this.#pages.size <= MOST_PAGES && chars <= MOST_CHARS) return;
      if (this.#wanted.includes(page)) continue;
      this.#pages.delete(page);
      chars -= own;
    }
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

const pageOf = (line: number): number => Math.floor((line - 1) / PAGE_LINES);
const isOld = (page: Page, info: LogInfo): boolean => page.sizeBytes < info.sizeBytes;
