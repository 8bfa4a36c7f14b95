import type { LineCounter, Node, Scalar } from 'yaml';

/** A part of the file: 1-based line and column, and the offsets of the first code unit and of that after the last. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
  /** The file that it lies in, where that is another one, which is included. */
  readonly file?: string;
}

/** The steps from the root to a value: keys of mappings and indexes of lists. */
export type ValuePath = readonly (string | number)[];

/** The nodes behind one entry of a mapping or a list; `scalar` is what an alias in `value` points to. */
export interface SourceEntry {
  readonly key: Node | null;
  readonly value: Node | null;
  readonly scalar: Scalar | null;
}

/** The entries of each mapping and list that was read. */
export type SourceEntries = ReadonlyMap<object, ReadonlyMap<string | number, SourceEntry>>;

/** An entry, and the map of the file that it stands in. */
interface LocatedEntry {
  readonly entry: SourceEntry;
  readonly owner: SourceMap;
  /** Taken over from elsewhere, where it is checked, too. */
  readonly isInherited: boolean;
}

/** Finds the places of values in the text that they were read from. A look-up costs the depth of its path. */
export class SourceMap {
  readonly text: string;
  readonly #lines: LineCounter;
  readonly #root: unknown;
  readonly #rootNode: Node | null;
  readonly #entries: SourceEntries;
  readonly #included = new Map<SourceMap, string>();
  /** Of mappings that are in no file, but were put together from those that are. */
  readonly #merged = new Map<object, ReadonlyMap<string, LocatedEntry>>();

  constructor(
    text: string,
    lines: LineCounter,
    root: unknown,
    rootNode: Node | null,
    entries: SourceEntries,
  ) {
    this.text = text;
    this.#lines = lines;
    this.#root = root;
    this.#rootNode = rootNode;
    this.#entries = entries;
  }

  /** What it tells the places of: plain values, stages put together with the templates that they extend. */
  get root(): unknown {
    return this.#root;
  }

  /** The root of the file itself, as it is written. */
  get node(): Node | null {
    return this.#rootNode;
  }

  /** Finds the places of another file's values, too. @param file how places name it */
  include(other: SourceMap, file: string): void {
    this.#included.set(other, file);
    for (const [map, name] of other.#included) this.#included.set(map, name);
    for (const [merged, entries] of other.#merged) this.#merged.set(merged, entries);
  }

  /**
   * Tells the places of a mapping that was put together: those of `own` where it has the key, else of what it inherits.
   * @param isInherited whether what it inherits stands and is checked elsewhere, too
   */
  merge(merged: object, own: object, inherited: object, isInherited = true): void {
    const entries = new Map<string, LocatedEntry>();
    for (const key of Object.keys(merged)) {
      const located = this.#locate(own, key);
      const other = located ?? this.#locate(inherited, key);
      if (other !== null) entries.set(key, located ?? { ...other, isInherited });
    }
    this.#merged.set(merged, entries);
  }

  /** Whether a value was taken over from elsewhere. */
  isInherited(path: ValuePath): boolean {
    return path.some((_, index) => this.#entry(path.slice(0, index + 1))?.isInherited === true);
  }

  /** The map of the file that a value stands in. */
  ownerOf(path: ValuePath): SourceMap {
    return this.#entry(path)?.owner ?? this;
  }

  /** Whether the path leads to a value. */
  has(path: ValuePath): boolean {
    return this.#entry(path) !== null;
  }

  /** The place of an offset. */
  at(start: number, end: number = start): Place {
    const { line, col } = this.#lines.linePos(start);
    // A byte order mark takes an offset, but no column that a person would count.
    const shift = line === 1 && start > 0 && this.text.startsWith('\uFEFF') ? 1 : 0;
    return { line: Math.max(1, line), column: Math.max(1, col - shift), start, end };
  }

  /** The place of the key at the end of the path; of its value where it has no key (an item of a list, the root). */
  key(path: ValuePath): Place {
    const located = this.#entry(path);
    return this.#placeOf(located?.entry.key, located?.owner) ?? this.value(path);
  }

  /** The place of a value; where the path does not lead to one, that of the nearest value around it. */
  value(path: ValuePath): Place {
    for (let length = path.length; length > 0; length -= 1) {
      const located = this.#entry(path.slice(0, length));
      const { entry, owner } = located ?? {};
      const place = this.#placeOf(entry?.value, owner) ?? this.#placeOf(entry?.key, owner);
      if (place !== null) return place;
    }
    return this.#placeOf(this.#rootNode) ?? this.at(0);
  }

  /** A scalar as the file writes it, such as `1.10` for the number 1.1, or null where there is none. */
  literal(path: ValuePath): string | null {
    return this.#entry(path)?.entry.scalar?.source ?? null;
  }

  #entry(path: ValuePath): LocatedEntry | null {
    const last = path.at(-1);
    if (last === undefined) return null;
    const container = valueAt(this.#root, path.slice(0, -1));
    return typeof container === 'object' && container !== null ? this.#locate(container, last) : null;
  }

  #locate(container: object, key: string | number): LocatedEntry | null {
    const merged = this.#merged.get(container)?.get(String(key));
    if (merged !== undefined) return merged;
    for (const owner of [this, ...this.#included.keys()]) {
      const entry = owner.#entries.get(container)?.get(key);
      if (entry !== undefined) return { entry, owner, isInherited: false };
    }
    return null;
  }

  #placeOf(node: Node | null | undefined, owner: SourceMap = this): Place | null {
    const range = node?.range;
    if (range == null) return null;
    const file = this.#included.get(owner);
    const place = owner.at(range[0], range[1]);
    return file === undefined ? place : { ...place, file };
  }
}

/** The value at a path, or undefined where the path leads nowhere. */
export function valueAt(root: unknown, path: ValuePath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
