import { isAlias, isMap, isScalar } from 'yaml';
import type { Node, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { MAX_ALIASED_VALUES, MAX_NESTING } from './limits.ts';
import type { YamlFile, YamlProblem } from './read-yaml.ts';
import { SourceMap } from './source-map.ts';
import type { SourceEntry } from './source-map.ts';
import { createSuggest } from './suggest.ts';

/** Plain data, with the places that it came from. What an alias points to is shared, not copied. */
export interface ReadValue {
  readonly value: unknown;
  readonly source: SourceMap;
  readonly problems: readonly YamlProblem[];
}

interface Read {
  readonly value: unknown;
  readonly scalar: Scalar | null;
  /** How many values it holds with every alias written out. */
  readonly weight: number;
  readonly depth: number;
}

const NOTHING: Read = { value: null, scalar: null, weight: 1, depth: 0 };

class ValueReader {
  readonly entries = new Map<object, Map<string | number, SourceEntry>>();
  readonly problems: YamlProblem[] = [];
  readonly #anchors = new Map<string, Node>();
  readonly #read = new Map<Node, Read>();
  readonly #open = new Set<Node>();
  readonly #suggest = createSuggest();
  readonly #lineOf: (offset: number) => number;
  #aliased = 0;

  constructor(lineOf: (offset: number) => number) {
    this.#lineOf = lineOf;
  }

  read(node: Node | null): Read {
    if (node === null) return NOTHING;
    if (isAlias(node)) return this.#readAlias(node);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isScalar(node)) {
      const read = { value: node.value, scalar: node, weight: 1, depth: 0 };
      if (node.anchor !== undefined) this.#read.set(node, read);
      return read;
    }
    this.#open.add(node);
    const read = isMap(node) ? this.#readMap(node) : this.#readList(node);
    this.#open.delete(node);
    if (node.anchor !== undefined) this.#read.set(node, read);
    return read;
  }

  #readAlias(alias: Node & { readonly source: string }): Read {
    const target = this.#anchors.get(alias.source);
    if (target === undefined) {
      const close = this.#suggest(alias.source, this.#anchors.keys());
      const hint =
        close === null ? 'write the anchor `&name` before the alias `*name`' : `did you mean \`*${close}\`?`;
      return this.#refuse(
        alias,
        'unknown-alias',
        `No anchor \`&${alias.source}\` stands before this alias`,
        hint,
      );
    }
    if (this.#open.has(target)) {
      return this.#refuse(
        alias,
        'alias-cycle',
        `The alias \`*${alias.source}\` stands inside of what it points to`,
        null,
      );
    }
    const read = this.#read.get(target) ?? NOTHING;
    if (this.#open.size + read.depth > MAX_NESTING) {
      const message = `Aliases nest lists and mappings more than ${MAX_NESTING} levels deep`;
      return this.#refuse(alias, 'too-deep', message, null);
    }
    return this.#countAliased(alias, read.weight) ? read : NOTHING;
  }

  /** @returns false once aliases have added more than a file may grow to; said once */
  #countAliased(node: Node, weight: number): boolean {
    const before = this.#aliased;
    this.#aliased += weight;
    if (this.#aliased <= MAX_ALIASED_VALUES) return true;
    if (before <= MAX_ALIASED_VALUES) {
      const message = `Aliases repeat more than ${MAX_ALIASED_VALUES.toLocaleString('en')} values`;
      this.#refuse(
        node,
        'alias-expansion',
        message,
        'let aliases not point to what is full of aliases itself',
      );
    }
    return false;
  }

  #readList(node: YAMLSeq): Read {
    const value: unknown[] = [];
    const entries = new Map<string | number, SourceEntry>();
    let weight = 1;
    let depth = 0;
    for (const item of node.items as (Node | null)[]) {
      const read = this.read(item);
      entries.set(value.length, { key: null, value: item, scalar: read.scalar });
      value.push(read.value);
      weight += read.weight;
      depth = Math.max(depth, read.depth);
    }
    this.entries.set(value, entries);
    return { value, scalar: null, weight, depth: depth + 1 };
  }

  #readMap(node: YAMLMap): Read {
    const value: Record<string, unknown> = {};
    const entries = new Map<string | number, SourceEntry>();
    const merged: { readonly node: Node | null; readonly read: Read }[] = [];
    let weight = 1;
    let depth = 0;
    for (const pair of node.items) {
      const keyNode = pair.key as Node | null;
      const key = this.#keyOf(keyNode ?? node);
      const valueNode = pair.value as Node | null;
      const read = this.read(valueNode);
      if (key === null) continue;
      weight += read.weight;
      depth = Math.max(depth, read.depth);
      if (key === '<<' && isScalar(keyNode) && keyNode.type === 'PLAIN') {
        merged.push({ node: valueNode, read });
        continue;
      }
      const first = entries.get(key);
      if (first !== undefined) {
        const line = this.#lineOf(first.key?.range?.[0] ?? 0);
        this.#refuse(
          keyNode ?? node,
          'duplicate-key',
          `\`${key}\` stands here a second time, after line ${line}`,
          'keep one of the two, or rename one',
        );
        continue;
      }
      entries.set(key, { key: keyNode, value: valueNode, scalar: read.scalar });
      value[key] = read.value;
    }
    for (const merge of merged) this.#merge(merge.node ?? node, merge.read.value, value, entries);
    this.entries.set(value, entries);
    return { value, scalar: null, weight, depth: depth + 1 };
  }

  /** Adds the keys of `<<: *anchor` (or of a list of anchors) that the mapping does not have itself. */
  #merge(
    node: Node,
    from: unknown,
    value: Record<string, unknown>,
    entries: Map<string | number, SourceEntry>,
  ): void {
    for (const part of Array.isArray(from) ? (from as unknown[]) : [from]) {
      const known =
        typeof part === 'object' && part !== null && !Array.isArray(part)
          ? this.entries.get(part)
          : undefined;
      if (known === undefined) {
        this.#refuse(
          node,
          'invalid-merge',
          '`<<` takes over the keys of mappings, and this is none',
          'write `<<: *anchor`',
        );
        continue;
      }
      if (!this.#countAliased(node, known.size)) return;
      for (const [key, entry] of known) {
        if (entries.has(key)) continue;
        entries.set(key, entry);
        value[key] = (part as Record<string, unknown>)[key];
      }
    }
  }

  #keyOf(node: Node): string | null {
    const read = isScalar(node) || isAlias(node) ? this.read(node) : NOTHING;
    if (read.scalar === null) {
      this.#refuse(node, 'invalid-key', 'A key must be a text', 'is a `:` or a quote missing?');
      return null;
    }
    const key = typeof read.value === 'string' ? read.value : (read.scalar.source ?? '');
    if (key !== '__proto__') return key;
    this.#refuse(node, 'invalid-key', '`__proto__` cannot be a key', 'choose another name');
    return null;
  }

  #refuse(node: Node, code: string, message: string, hint: string | null): Read {
    this.problems.push({ code, message, hint, start: node.range?.[0] ?? 0 });
    return NOTHING;
  }
}

/**
 * Turns a YAML document into plain data: aliases followed, merge keys (`<<`) applied, duplicate keys reported.
 * Never throws; takes time that grows with the size of the file, whatever its aliases are.
 */
export function readValue(text: string, file: YamlFile): ReadValue {
  const root = (file.document?.contents ?? null) as Node | null;
  const reader = new ValueReader((offset) => file.lines.linePos(offset).line);
  const { value } = reader.read(root);
  return {
    value,
    source: new SourceMap(text, file.lines, value, root, reader.entries),
    problems: reader.problems,
  };
}
