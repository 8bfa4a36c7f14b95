import { isMap, isPair, isScalar, isSeq, Scalar } from 'yaml';
import type { CST, Document } from 'yaml';

/** How a file is written, so that what is added looks like the rest of it. */
export interface FileStyle {
  readonly newline: '\n' | '\r\n';
  /** Columns by which a mapping inside of another one is indented. */
  readonly step: number;
  /** Columns by which the `-` of a list stands behind its key. */
  readonly listStep: number;
  readonly quote: 'single' | 'double';
  /** Whether short lists of plain texts are written `[a, b]`. */
  readonly flowLists: boolean;
  /** Whether mappings in one line are written `{ a: 1 }`, not `{a: 1}`. */
  readonly paddedMaps: boolean;
  readonly paddedLists: boolean;
  /** Whether texts over several lines may be written as `|` with the lines below. */
  readonly literals: boolean;
}

class Tally<T> {
  readonly #counts = new Map<T, number>();

  add(value: T): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }

  /** The value that came most often. */
  most(fallback: T): T {
    let best = fallback;
    let most = 0;
    for (const [value, count] of this.#counts) {
      if (count > most) [best, most] = [value, count];
    }
    return best;
  }
}

/** Reads the habits of a file; where it has none, those of the examples in the documentation. */
export function readFileStyle(text: string, document: Document.Parsed): FileStyle {
  const steps = new Tally<number>();
  const listSteps = new Tally<number>();
  const quotes = new Tally<'single' | 'double'>();
  const lists = new Tally<boolean>();
  const mapPadding = new Tally<boolean>();
  const listPadding = new Tally<boolean>();
  const visit = (node: unknown, parent: FlowOrBlock | undefined): void => {
    if (isScalar(node)) {
      if (node.type === Scalar.QUOTE_SINGLE) quotes.add('single');
      if (node.type === Scalar.QUOTE_DOUBLE) quotes.add('double');
    }
    if (!isMap(node) && !isSeq(node)) return;
    const token = node.srcToken as FlowOrBlock | undefined;
    if (parent?.type === 'block-map') {
      if (token?.type === 'block-map' && token.indent > parent.indent)
        steps.add(token.indent - parent.indent);
      if (token?.type === 'block-seq') listSteps.add(Math.max(0, token.indent - parent.indent));
    }
    const isInLine = token?.type === 'flow-collection';
    const isPadded = token !== undefined && text[token.offset + 1] === ' ';
    if (isInLine && node.items.length > 0) (isMap(node) ? mapPadding : listPadding).add(isPadded);
    if (isSeq(node) && isShortList(node.items)) lists.add(isInLine);
    for (const item of node.items) {
      if (isPair(item)) visit(item.key, undefined);
      visit(isPair(item) ? item.value : item, isMap(node) ? token : undefined);
    }
  };
  visit(document.contents, undefined);
  const step = steps.most(2);
  return {
    newline: (text.match(/\r\n/g)?.length ?? 0) * 2 > (text.match(/\n/g)?.length ?? 0) ? '\r\n' : '\n',
    step,
    listStep: listSteps.most(step),
    quote: quotes.most('single'),
    flowLists: lists.most(true),
    paddedMaps: mapPadding.most(true),
    paddedLists: listPadding.most(false),
    literals: true,
  };
}

type FlowOrBlock = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

const isShortList = (items: readonly unknown[]): boolean =>
  items.length > 0 && items.length <= 4 && items.every((item) => isScalar(item) && isShort(item.source));

const isShort = (source: string | undefined): boolean => source !== undefined && source.length <= 24;
