import { followLog, type LogInfo } from './follow-log.ts';
import type { LogPaths } from './log-path.ts';
import { DamagedIndexError, LogSnapshot, type ScannedBlocks } from './log-snapshot.ts';
import { readLines, type LogLine } from './read-lines.ts';
import { compilePattern, literalPattern, searchPattern } from './search-pattern.ts';
import type { SearchResult } from './search-result.ts';
import { isByteSearchable, searchText } from './search-text.ts';

export interface LogReaderOptions {
  /**
   * Whether something still writes this log. Asked only while the log has no end mark; default: whether a writer of
   * this store has it open. Give it when another process may be the writer.
   */
  readonly isLive?: () => boolean | Promise<boolean>;
  /** Longer lines are cut here (64 KiB). */
  readonly maxLineBytes?: number;
}

export interface SearchOptions {
  readonly query: string;
  /** The query is a JavaScript regular expression. */
  readonly regex?: boolean;
  /** Default: false. */
  readonly caseSensitive?: boolean;
  /** How many hits to return (1,000); all are counted. */
  readonly limit?: number;
  /** Rejects with its reason. */
  readonly signal?: AbortSignal;
}

const MAX_LINE_BYTES = 64 * 1024;
const SEARCH_LIMIT = 1_000;
const POLL_MS = 200;

/**
 * Reads a log, finished or growing, whoever writes it. Each call sees the log as it stands then; a log that does not
 * exist is an empty one. Holds no file open between calls. Rejects with the system's error when a file cannot be read.
 */
export class LogReader {
  readonly #paths: LogPaths;
  readonly #isLive: () => boolean | Promise<boolean>;
  readonly #maxLineBytes: number;
  readonly #subscribe: (onChange: () => void) => () => void;
  readonly #scanned: ScannedBlocks = { fromBytes: 0, blocks: [] };

  constructor(
    paths: LogPaths,
    subscribe: (onChange: () => void) => () => void,
    options: LogReaderOptions & { isLive: () => boolean | Promise<boolean> },
  ) {
    this.#paths = paths;
    this.#subscribe = subscribe;
    this.#isLive = options.isLive;
    this.#maxLineBytes = options.maxLineBytes ?? MAX_LINE_BYTES;
  }

  async info(): Promise<LogInfo> {
    // Asked before the file is looked at: when nothing writes any more, what the file holds then is all.
    const live = await this.#isLive();
    return this.#with(
      async (log) => ({
        lineCount: await log.lineCount(),
        sizeBytes: log.sizeBytes,
        complete: log.ended || !live,
      }),
      { lineCount: 0, sizeBytes: 0, complete: !live },
    );
  }

  /** Up to `count` lines from `fromLine` (from 1) on; fewer at the end. All of them are in memory at once. */
  page(options: { fromLine: number; count: number }): Promise<LogLine[]> {
    const { fromLine, count } = options;
    return this.#with((log) => readLines(log, { fromLine, count, maxLineBytes: this.#maxLineBytes }), []);
  }

  /** The last `count` lines. */
  tail(count: number): Promise<LogLine[]> {
    return this.#with(async (log) => {
      const fromLine = (await log.lineCount()) - count + 1;
      return readLines(log, { fromLine, count, maxLineBytes: this.#maxLineBytes });
    }, []);
  }

  /** Up to `maxBytes` as they lie in the file; fewer (or none) at its end. */
  range(options: { fromByte: number; maxBytes: number }): Promise<Buffer> {
    return this.#with(async (log) => {
      const length = Math.max(0, Math.min(options.maxBytes, log.sizeBytes - options.fromByte));
      const bytes = Buffer.allocUnsafe(length);
      return bytes.subarray(0, await log.read(bytes, options.fromByte));
    }, Buffer.alloc(0));
  }

  /**
   * Searches the whole log in flat memory. A match lies inside one line; a plain query finds all of a line, a regular
   * expression (or a plain query that folds letters beyond ASCII) its first 65,536 characters.
   * Rejects with a `LogError`: `invalid-search`, or `search-too-slow` when the expression was cut off.
   */
  async search(options: SearchOptions): Promise<SearchResult> {
    const { query, regex = false, caseSensitive = false, limit = SEARCH_LIMIT, signal } = options;
    const nothing = { hits: [], total: 0, truncated: false };
    const pattern = regex ? compilePattern(query, caseSensitive) : null;
    signal?.throwIfAborted();
    if (query === '' || (pattern === null && query.includes('\n'))) return nothing;
    return this.#with((log) => {
      if (pattern !== null) return searchPattern(log, pattern, { limit, signal });
      if (isByteSearchable(query, caseSensitive))
        return searchText(log, query, { caseSensitive, limit, signal });
      return searchPattern(log, literalPattern(query, caseSensitive), { limit, signal });
    }, nothing);
  }

  /** What the log is now, and again whenever it grew; ends after the `complete` one, or quietly on abort. */
  follow(options: { signal?: AbortSignal } = {}): AsyncGenerator<LogInfo, void, undefined> {
    const subscribe = this.#subscribe;
    return followLog({ info: () => this.info(), subscribe, pollMs: POLL_MS, signal: options.signal });
  }

  async #with<Result>(use: (log: LogSnapshot) => Promise<Result>, empty: Result): Promise<Result> {
    try {
      return await this.#once(use, empty, false);
    } catch (error) {
      if (error instanceof DamagedIndexError) return this.#once(use, empty, true);
      throw error;
    }
  }

  async #once<Result>(
    use: (log: LogSnapshot) => Promise<Result>,
    empty: Result,
    ignoreIndex: boolean,
  ): Promise<Result> {
    const log = await LogSnapshot.open(this.#paths, this.#scanned, ignoreIndex);
    if (log === null) return empty;
    try {
      return await use(log);
    } finally {
      await log.close();
    }
  }
}
