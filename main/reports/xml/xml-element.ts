/** An element that has been read to its end, with those of its children that were kept. */
export interface XmlElement {
  /** Without a namespace's prefix. */
  readonly name: string;
  /** Where its tag begins; 1-based. */
  readonly line: number;
  readonly column: number;
  /** Decoded and trimmed; null when missing or blank. */
  attribute(name: string): string | null;
  readonly children: readonly XmlElement[];
  /** Its text with that of elements inside it, if it is one whose text was asked for; else ''. */
  readonly text: string;
}

/** The first child of a name; undefined when there is none. */
export const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name);

export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name);

/** The end of a path of names, each the first child of its name. */
export function descend(element: XmlElement, ...names: readonly string[]): XmlElement | undefined {
  let at: XmlElement | undefined = element;
  for (const name of names) at = at === undefined ? undefined : childOf(at, name);
  return at;
}

/** The trimmed text of a child; null when it is missing or blank. */
export function textOf(element: XmlElement, name: string): string | null {
  const text = childOf(element, name)?.text.trim() ?? '';
  return text === '' ? null : text;
}

/** An attribute that counts something; null when it is no whole number of at least 0. */
export function countOf(element: XmlElement, name: string): number | null {
  const value = Number(element.attribute(name) ?? Number.NaN);
  return Number.isSafeInteger(value) && value >= 0 ? value : null;
}
