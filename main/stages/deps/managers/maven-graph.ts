import { createBill, type DependencyGraph, purlOf } from '../dependency-graph.ts';

/** What draws the tree, and `group:artifact:type[:classifier]:version[:scope]`. */
const LINE = /^(?:\[INFO\] )?((?:[|+\\ -]{3})*)([\w.-]+(?::[\w.-]+){3,5})(?: \(.*\))?$/;
const INDENT_CHARS = 3;

/** Reads the tree of `mvn dependency:tree`; of a build of several modules all trees. */
export function readMavenTree(text: string): DependencyGraph {
  const path: string[] = [];
  let bill = createBill(null);
  let hasRoot = false;
  for (const line of text.split(/\r?\n/)) {
    const found = LINE.exec(line.trimEnd());
    if (found === null) continue;
    const [, drawn = '', coordinates = ''] = found;
    const depth = drawn.length / INDENT_CHARS;
    const parts = coordinates.split(':');
    const scope = depth === 0 ? null : parts.pop();
    const [group = '', name = ''] = parts;
    const version = parts.at(-1) ?? '';
    const full = `${group}:${name}`;
    if (depth === 0) {
      if (!hasRoot) bill = createBill({ name: full, version });
      hasRoot = true;
      path.length = 0;
      path.push('');
      continue;
    }
    const ref = purlOf('maven', `${group}/${name}`, version);
    bill.add({
      ...{ ref, purl: ref, name: full, version, type: 'library', licenses: [] },
      ...{ scope: scope === 'test' ? 'development' : 'runtime', direct: depth === 1 },
    });
    bill.link(path[depth - 1] ?? '', ref);
    path[depth] = ref;
    path.length = depth + 1;
  }
  return { tool: 'mvn', sbom: bill.done(), problems: [] };
}
