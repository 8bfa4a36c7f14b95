import { decodeAttribute, elementText } from './xml-text.ts';

/** A node as fast-xml-parser hands it out with `preserveOrder`: `{ tag: children, ':@': attributes }` or `{ '#text': text }`. */
export type ParsedNode = Readonly<
  Record<string, readonly ParsedNode[] | Readonly<Record<string, string>> | string>
>;

const ATTRIBUTES = ':@';
const TEXT = '#text';

export interface XmlElement {
  readonly name: string;
  /** Decoded; null when missing or blank. */
  attribute(name: string): string | null;
  children(): readonly XmlElement[];
  /** Of an element that the parser was told not to look into. */
  text(): string;
}

/** Views the elements among parsed nodes; text between them is passed over. */
export function elementsOf(nodes: readonly ParsedNode[]): readonly XmlElement[] {
  const elements: XmlElement[] = [];
  for (const node of nodes) {
    const name = Object.keys(node).find((key) => key !== ATTRIBUTES);
    if (name !== undefined && name !== TEXT) elements.push(elementOf(name, node));
  }
  return elements;
}

function elementOf(name: string, node: ParsedNode): XmlElement {
  const attributes = (node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>;
  const inner = node[name] as readonly ParsedNode[];
  return {
    name,
    attribute(key) {
      const value = Object.hasOwn(attributes, key) ? decodeAttribute(attributes[key]!).trim() : '';
      return value === '' ? null : value;
    },
    children: () => elementsOf(inner),
    text: () =>
      inner.map((child) => (typeof child[TEXT] === 'string' ? elementText(child[TEXT]) : '')).join(''),
  };
}
