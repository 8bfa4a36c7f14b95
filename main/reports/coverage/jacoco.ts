import type { XmlForm } from '../xml/build-tree.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import type { SourcePaths } from '../source-paths.ts';
import type { CoverageRecords } from './coverage-records.ts';

/** A report names packages and files; where the build keeps them it does not say. */
const SOURCE_ROOTS = [
  'src/main/java',
  'src/main/kotlin',
  'src/main/scala',
  'src/main/groovy',
  'src/test/java',
  'src',
];
const SKIPPED: ReadonlySet<string> = new Set(['sessioninfo']);

/** JaCoCo's XML. It knows whether a line was run, not how often. Comes to the number of source files. */
export function jacocoForm(records: CoverageRecords, paths: SourcePaths): XmlForm<number> {
  /** Files and classes of a package come before the package is closed, and its group's name before those. */
  const files: XmlElement[] = [];
  let read = 0;
  const methods = new Map<string, { covered: number; total: number }>();
  const packages: {
    readonly name: string;
    readonly files: XmlElement[];
    readonly methods: typeof methods;
  }[] = [];
  return {
    texts: new Set(),
    skipped: SKIPPED,
    leave(element, parent) {
      if (element.name === 'sourcefile') {
        files.push(element);
        return false;
      }
      if (element.name === 'method') return false;
      if (element.name === 'class' && parent.name === 'package') {
        const counter = element.children.find(
          (child) => child.name === 'counter' && child.attribute('type') === 'METHOD',
        );
        const file = element.attribute('sourcefilename') ?? '';
        const known = methods.get(file) ?? { covered: 0, total: 0 };
        const covered = numberOf(counter, 'covered');
        methods.set(file, {
          covered: known.covered + covered,
          total: known.total + covered + numberOf(counter, 'missed'),
        });
        return false;
      }
      if (element.name === 'package') {
        packages.push({
          name: element.attribute('name') ?? '',
          files: files.splice(0),
          methods: new Map(methods),
        });
        methods.clear();
        if (parent.name !== 'group') flush('');
        return false;
      }
      if (element.name === 'group') {
        flush(element.attribute('name') ?? '');
        return false;
      }
      return true;
    },
    finish: () => read,
  };

  function flush(group: string): void {
    for (const each of packages.splice(0)) {
      for (const file of each.files) {
        const name = file.attribute('name');
        if (name === null) continue;
        read += 1;
        readFile(file, each, name, group);
      }
    }
  }

  function readFile(
    file: XmlElement,
    { name, methods: counts }: (typeof packages)[number],
    own: string,
    group: string,
  ): void {
    const roots = group === '' ? SOURCE_ROOTS : SOURCE_ROOTS.map((root) => `${group}/${root}`);
    const record = records.file(
      paths.of([name, own].filter((part) => part !== '').join('/'), [...roots, '.']),
    );
    for (const line of file.children) {
      if (line.name !== 'line') continue;
      const number = numberOf(line, 'nr');
      record.line(number, numberOf(line, 'ci') > 0 ? 1 : 0);
      const covered = numberOf(line, 'cb');
      const total = covered + numberOf(line, 'mb');
      if (total > 0) record.branch(String(number), covered, total);
    }
    const count = counts.get(own);
    if (count) record.stated('functions', count.covered, count.total);
  }
}

const numberOf = (element: XmlElement | undefined, name: string): number => {
  const value = Number(element?.attribute(name) ?? 0);
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
};
