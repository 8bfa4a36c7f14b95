import { isAlias, isCollection, parseDocument, visit } from 'yaml';
import type { CST, Document, Node, YAMLMap, YAMLSeq } from 'yaml';
import { readFileStyle, type FileStyle } from './file-style.ts';

/** A collection of the file with the tokens that it was read from. */
export type Collection = YAMLMap | YAMLSeq;

/** A text that holds one YAML document, ready to be edited. */
export interface YamlSource {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly style: FileStyle;
}

/** Why an edit cannot be made: one sentence for people. Thrown inside of this folder only. */
export class EditRefused extends Error {
  override readonly name = 'EditRefused';
}

/** @throws EditRefused when the text is no YAML, or several documents */
export function readYamlSource(text: string): YamlSource {
  let document: Document.Parsed;
  try {
    document = parseDocument(text, {
      keepSourceTokens: true,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
  } catch (error) {
    throw new EditRefused('The file cannot be read as YAML.', { cause: error });
  }
  const [error] = document.errors;
  if (error !== undefined) {
    throw new EditRefused(`The file is not valid YAML: ${error.message.replace(/\s+/g, ' ').trim()}.`);
  }
  let style: FileStyle | null = null;
  return {
    text,
    document,
    get style() {
      // What is read only to check it needs no style.
      return (style ??= readFileStyle(text, document));
    },
  };
}

/** The plain value of a file; what an anchor names is one object wherever it stands. @throws EditRefused */
export function valueOf({ document }: Pick<YamlSource, 'document'>): unknown {
  try {
    return document.toJS() as unknown;
  } catch (error) {
    throw new EditRefused('The file repeats an anchor too often to be edited here.', { cause: error });
  }
}

/** @throws EditRefused when something outside of `nodes` uses an anchor that is set inside of them */
export function refuseUsedAnchors({ document }: YamlSource, nodes: readonly (Node | null)[]): void {
  const inside = new Set<string>();
  const ownAliases = new Map<string, number>();
  for (const node of nodes) {
    if (node === null) continue;
    visit(node, (_, child) => {
      if (isAlias(child)) ownAliases.set(child.source, (ownAliases.get(child.source) ?? 0) + 1);
      else if ((isCollection(child) || isScalarLike(child)) && child.anchor !== undefined)
        inside.add(child.anchor);
    });
  }
  if (inside.size === 0) return;
  const aliases = new Map<string, number>();
  visit(document, {
    Alias: (_, { source }) => {
      aliases.set(source, (aliases.get(source) ?? 0) + 1);
    },
  });
  for (const anchor of inside) {
    if ((aliases.get(anchor) ?? 0) > (ownAliases.get(anchor) ?? 0)) {
      throw new EditRefused(`Other places use this by the anchor &${anchor}: change it in the text.`);
    }
  }
}

function isScalarLike(node: unknown): node is { readonly anchor?: string } {
  return typeof node === 'object' && node !== null && 'anchor' in node;
}

const known = new WeakMap<Collection, readonly CST.CollectionItem[]>();

/** The tokens of each item that is in `collection.items`, in the same order. */
export function itemTokens(collection: Collection): readonly CST.CollectionItem[] {
  const tokens = known.get(collection) ?? findTokens(collection);
  known.set(collection, tokens);
  return tokens;
}

function findTokens(collection: Collection): readonly CST.CollectionItem[] {
  const token = tokenOf(collection);
  if (token.type === 'block-map')
    return (token.items as readonly CST.CollectionItem[]).filter(
      ({ key, sep }) => key !== undefined || sep !== undefined,
    );
  if (token.type === 'block-seq') {
    return token.items.filter(({ start }) => start.some(({ type }) => type === 'seq-item-ind'));
  }
  return token.items.filter(
    ({ start, key, sep, value }) =>
      key !== undefined ||
      sep !== undefined ||
      value !== undefined ||
      start.some(({ type }) => type === 'anchor' || type === 'tag'),
  );
}

/** @throws EditRefused for a collection that no token stands for */
export function tokenOf(collection: Collection): CST.BlockMap | CST.BlockSequence | CST.FlowCollection {
  const token = collection.srcToken;
  if (token?.type === 'block-map' || token?.type === 'block-seq' || token?.type === 'flow-collection')
    return token;
  throw new EditRefused('This place is written in a way that can only be changed in the text.');
}

export const isFlow = (collection: Collection): boolean => tokenOf(collection).type === 'flow-collection';
