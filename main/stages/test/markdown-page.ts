import GithubSlugger from 'github-slugger';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

export interface PageLink {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** What of a page of Markdown matters to links. */
export interface MarkdownPage {
  /** Of links, pictures and definitions, and of `href` and `src` in HTML; in order. */
  readonly links: readonly PageLink[];
  /** What a `#…` may name: the headings as GitHub names them, and ids in HTML. */
  readonly anchors: ReadonlySet<string>;
}

interface Node {
  readonly type: string;
  readonly url?: string;
  readonly value?: string;
  readonly alt?: string | null;
  readonly children?: readonly Node[];
  readonly position?: { readonly start: { readonly line: number; readonly column: number } } | undefined;
}

export function readPage(text: string): MarkdownPage {
  const links: PageLink[] = [];
  const anchors = new Set<string>();
  const slugger = new GithubSlugger();
  const waiting: Node[] = [fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { line = 1, column = 1 } = node.position?.start ?? {};
    if (node.url !== undefined) links.push({ url: node.url, line, column });
    if (node.type === 'heading') anchors.add(slugger.slug(textOf(node)));
    if (node.type === 'html') {
      const html = node.value ?? '';
      for (const [, url = ''] of html.matchAll(/\s(?:href|src)\s*=\s*["']([^"']*)["']/gi)) {
        links.push({ url, line, column });
      }
      for (const [, id = ''] of html.matchAll(/\s(?:id|name)\s*=\s*["']([^"']*)["']/gi)) anchors.add(id);
    }
    // The last first, as they are taken from the end.
    for (const child of (node.children ?? []).toReversed()) waiting.push(child);
  }
  return { links, anchors };
}

const textOf = ({ value, alt, children = [] }: Node): string => value ?? alt ?? children.map(textOf).join('');
