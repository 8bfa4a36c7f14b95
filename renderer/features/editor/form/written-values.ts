import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node } from 'yaml';
import type { ValuePath } from '#shared/pipeline/source-map.ts';

/** How values are written in a part of the file, as far as their plain values do not say it. */
export interface WrittenValues {
  /** A scalar in its own words (`1.10` for the number 1.1); null for texts in quotes, blocks, and what is no scalar. */
  readonly literal: (path: ValuePath) => string | null;
  /** It is an alias, or a mapping with a merge (`<<`): what is written there is not what it means. */
  readonly isForeign: (path: ValuePath) => boolean;
  /** The lines of a value; null where there are none. */
  readonly textAt: (path: ValuePath) => string | null;
}

/** @param text YAML whose root is a mapping; of what cannot be read, nothing is known */
export function readWritten(text: string): WrittenValues {
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const find = (path: ValuePath): Node | null => {
    let node = document.contents as Node | null;
    for (const step of path) node = childOf(node, step);
    return node;
  };
  return {
    literal(path) {
      const node = find(path);
      if (!isScalar(node) || node.type !== 'PLAIN') return null;
      return typeof node.value === 'string' ? null : (node.source ?? null);
    },
    isForeign(path) {
      const node = find(path);
      if (isAlias(node)) return true;
      return isMap(node) && node.items.some(({ key }) => isScalar(key) && key.value === '<<');
    },
    textAt(path) {
      const range = find(path)?.range;
      return range == null ? null : text.slice(range[0], range[1]).trimEnd();
    },
  };
}

/**
 * The same of one entry of a mapping.
 * @param text the entry alone, from its key on
 * @param path of its value in the file
 */
export function readEntry(text: string, path: ValuePath): WrittenValues {
  const { literal, isForeign, textAt } = readWritten(text);
  const within = (inner: ValuePath): ValuePath => inner.slice(path.length - 1);
  return {
    literal: (inner) => literal(within(inner)),
    isForeign: (inner) => isForeign(within(inner)),
    textAt: (inner) => textAt(within(inner)),
  };
}

function childOf(node: Node | null, step: string | number): Node | null {
  if (isSeq(node)) return (node.items[Number(step)] as Node | undefined) ?? null;
  if (!isMap(node)) return null;
  const pair = node.items.find(
    ({ key }) => isScalar(key) && (key.value === step || key.source === step || String(key.value) === step),
  );
  return isPair(pair) ? (pair.value as Node | null) : null;
}

/** Keys whose values are other people's business: they are as long as the file. */
const LONG_KEYS = /^(?:stages|pipelines|templates)\s*:/;

/** The lines of a file from each key at its left edge to the next; a file that is written in one `{ }` is one part. */
const partsOf = (text: string): readonly string[] => text.split(/^(?=[^\s#\-}\]])/m);

/**
 * The text of a file without its stages, pipelines and templates, so that reading it takes no longer than it says. A file
 * that is written in one `{ }` stays as it is.
 */
export const settingsText = (text: string): string =>
  partsOf(text)
    .filter((part) => !LONG_KEYS.test(part))
    .join('');

/** The pipelines of a file, with their key. */
export const pipelinesText = (text: string): string =>
  partsOf(text)
    .filter((part) => /^(?:pipelines\s*:|\{)/.test(part))
    .join('');
