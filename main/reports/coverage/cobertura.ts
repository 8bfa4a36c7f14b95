import type { XmlForm } from '../xml/build-tree.ts';
import { childOf, type XmlElement } from '../xml/xml-element.ts';
import type { SourcePaths } from '../source-paths.ts';
import type { CoverageRecords } from './coverage-records.ts';

const TEXTS: ReadonlySet<string> = new Set(['source']);
const SKIPPED: ReadonlySet<string> = new Set(['conditions']);

interface Method {
  readonly key: string;
  readonly hits: number;
}

/** Cobertura's XML, as coverage.py, c8, gcovr, coverlet and many others write it. Comes to the number of classes. */
export function coberturaForm(records: CoverageRecords, paths: SourcePaths): XmlForm<number> {
  let files = 0;
  let sources: readonly string[] = [];
  const methods = new Map<XmlElement, Method[]>();
  return {
    texts: TEXTS,
    skipped: SKIPPED,
    leave(element, parent) {
      if (element.name === 'sources') {
        sources = element.children.map(({ text }) => text.trim()).filter((text) => text !== '');
        return false;
      }
      if (element.name === 'method') {
        const found = methods.get(parent) ?? [];
        found.push(methodOf(element));
        methods.set(parent, found);
        return false;
      }
      if (element.name !== 'class') return true;
      read(element);
      return false;
    },
    finish: () => files,
  };

  function read(element: XmlElement): void {
    const file = element.attribute('filename');
    if (file === null) return;
    files += 1;
    const record = records.file(paths.of(file, sources.length === 0 ? undefined : sources));
    const inside = childOf(element, 'methods');
    for (const { key, hits } of (inside && methods.get(inside)) ?? []) {
      record.function(`${element.attribute('name') ?? ''}.${key}`, hits);
    }
    if (inside) methods.delete(inside);
    for (const line of childOf(element, 'lines')?.children ?? []) {
      const number = Number(line.attribute('number') ?? 0);
      record.line(number, Number(line.attribute('hits') ?? 0));
      const branches = /\((\d{1,9})\/(\d{1,9})\)/.exec(line.attribute('condition-coverage') ?? '');
      if (branches) record.branch(String(number), Number(branches[1]), Number(branches[2]));
    }
  }
}

/** A method is as often run as its first line. */
function methodOf(element: XmlElement): Method {
  const first = childOf(element, 'lines')?.children[0];
  const key = `${element.attribute('name') ?? ''}${element.attribute('signature') ?? ''}`;
  return {
    // Some tools call all of them `(anonymous)`.
    key: `${key}:${first?.attribute('number') ?? ''}`,
    hits:
      Number(element.attribute('hits') ?? first?.attribute('hits') ?? element.attribute('line-rate') ?? 0) > 0
        ? 1
        : 0,
  };
}
