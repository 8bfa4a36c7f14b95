import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import type { FindingsReport } from '#shared/reports/findings.ts';
import { contains } from '../tools/workspace-path.ts';
import { findingsOf, type FoundProblem } from './findings/make-report.ts';
import { relativePath } from './findings/relative-path.ts';
import { type MarkdownPage, type PageLink, readPage } from './markdown-page.ts';

/** Checks that what pages of Markdown link to in the workspace is there. Other servers are not asked. */
export async function checkLinks(
  context: KindContext,
  files: readonly string[],
): Promise<{ readonly report: FindingsReport; readonly links: number }> {
  const { cwd, workspace } = context;
  const pages = new Map<string, Promise<MarkdownPage>>();
  const pageAt = (file: string): Promise<MarkdownPage> => {
    const page = pages.get(file) ?? readFile(file, 'utf8').then(readPage);
    pages.set(file, page);
    return page;
  };
  /** What is wrong with a link; null: nothing, or it is none of this machine. */
  async function faultOf(from: string, { url }: PageLink): Promise<string | null> {
    const link = targetOf(url);
    if (link === null) return null;
    const { file, anchor } = link;
    const base = file.startsWith('/') ? workspace : path.dirname(from);
    const target = file === '' ? from : path.join(base, file);
    if (!contains(workspace, target)) return `${url} leads out of the workspace`;
    const state = await stat(target).catch(() => null);
    if (state === null) return `${url} is not there`;
    if (anchor === '' || !state.isFile() || !/\.(md|markdown)$/i.test(target)) return null;
    const { anchors } = await pageAt(target);
    return anchors.has(anchor) || anchors.has(anchor.toLowerCase())
      ? null
      : `${url}: there is no such heading`;
  }

  const problems: FoundProblem[] = [];
  let links = 0;
  for (const file of files) {
    context.signal.throwIfAborted();
    const from = path.join(cwd, file);
    for (const link of (await pageAt(from)).links) {
      if (targetOf(link.url) !== null) links += 1;
      const message = await faultOf(from, link);
      const place = { file: relativePath(context, file), line: link.line, column: link.column };
      if (message !== null) problems.push({ ruleId: 'broken-link', severity: 'high', message, ...place });
    }
  }
  return { report: findingsOf('links', problems, { checked: files.length }), links };
}

/** Where in the workspace a link leads; null: elsewhere. */
export function targetOf(url: string): { readonly file: string; readonly anchor: string } | null {
  if (url === '' || /^[a-z][a-z0-9+.-]*:/i.test(url) || url.startsWith('//')) return null;
  const [whole = '', anchor = ''] = url.split('#', 2);
  const [file = ''] = whole.split('?', 1);
  return { file: decode(file), anchor: decode(anchor) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text).replaceAll('\0', '');
  } catch {
    // A `%` that is only that.
    return text;
  }
}
