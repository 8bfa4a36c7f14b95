import type { LineCounter, Node, Scalar } from 'yaml';

/** A part of the file: 1-based line and column, and the offsets of the first code unit and of that after the last. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
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

/** Finds the places of values in the text that they were read from. A look-up costs the depth of its path. */
export class SourceMap {
  readonly text: string;
  readonly #lines: LineCounter;
  readonly #root: unknown;
  readonly #rootNode: Node | null;
  readonly #entries: SourceEntries;

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

  /** The place of an offset. */
  at(start: number, end: number = start): Place {
    const { line, col } = this.#lines.linePos(start);
    // A byte order mark takes an offset, but no column that a person would count.
    const shift = line === 1 && start > 0 && this.text.startsWith('\uFEFF') ? 1 : 0;
    return { line: Math.max(1, line), column: Math.max(1, col - shift), start, end };
  }

  /** The place of the key at the end of the path; of its value where it has no key (an item of a list, the root). */
  key(path: ValuePath): Place {
    return this.#placeOf(this.#entry(path)?.key) ?? this.value(path);
  }

  /** The place of a value; where the path does not lead to one, that of the nearest value around it. */
  value(path: ValuePath): Place {
    for (let length = path.length; length > 0; length -= 1) {
      const entry = this.#entry(path.slice(0, length));
      const place = this.#placeOf(entry?.value) ?? this.#placeOf(entry?.key);
      if (place !== null) return place;
    }
    return this.#placeOf(this.#rootNode) ?? this.at(0);
  }

  /** A scalar as the file writes it, such as `1.10` for the number 1.1, or null where there is none. */
  literal(path: ValuePath): string | null {
    return this.#entry(path)?.scalar?.source ?? null;
  }

  #entry(path: ValuePath): SourceEntry | null {
    const last = path.at(-1);
    if (last === undefined) return null;
    const container = valueAt(this.#root, path.slice(0, -1));
    if (typeof container !== 'object' || container === null) return null;
    return this.#entries.get(container)?.get(last) ?? null;
  }

  #placeOf(node: Node | null | undefined): Place | null {
    const range = node?.range;
    return range == null ? null : this.at(range[0], range[1]);
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
