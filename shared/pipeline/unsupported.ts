import type { IssueList } from './issue-list.ts';
import type { Place, SourceMap, ValuePath } from './source-map.ts';

/**
 * The keys of the format whose behaviour this version does not have yet, as paths in which `*` is any key or
 * item. This table is the one place to change when a key gets its behaviour; the schema knows all keys.
 */
const UNSUPPORTED: readonly string[] = [
  ...['pool', 'labels'].map((key) => `defaults.runs-on.${key}`),
  ...['stages.*', 'pipelines.*.stages.*'].flatMap((stage) =>
    ['runs-on.pool', 'runs-on.labels', 'reports.load'].map((key) => `${stage}.${key}`),
  ),
];

interface Branch {
  readonly children: Map<string, Branch>;
  /** Whether a path of the table ends here. */
  ends: boolean;
}

function buildTree(paths: readonly string[]): Branch {
  const root: Branch = { children: new Map(), ends: false };
  for (const path of paths) {
    let branch = root;
    for (const step of path.split('.')) {
      const next = branch.children.get(step) ?? { children: new Map(), ends: false };
      branch.children.set(step, next);
      branch = next;
    }
    branch.ends = true;
  }
  return root;
}

const TREE = buildTree(UNSUPPORTED);

/** Whether the format knows this path without giving it behaviour; `*` in it stands for any key or item. */
export const isUnsupported = (path: string): boolean => UNSUPPORTED.includes(path);

/** Whether a value at this path of a file, or what is around it, has no behaviour yet. */
export function isUnsupportedAt(path: ValuePath): boolean {
  let branch: Branch | undefined = TREE;
  for (const step of path) {
    branch = branch.children.get(String(step)) ?? branch.children.get('*');
    if (branch === undefined || branch.ends) return branch !== undefined;
  }
  return false;
}

/** Reports each key of the file that has no behaviour yet, at its place. */
export function reportUnsupported(root: unknown, source: SourceMap, issues: IssueList): void {
  const report = (place: Place, key: string): void =>
    issues.add(
      'unsupported-key',
      place,
      `\`${key}\` works from a later version`,
      'this version does not act on it',
      'unsupported',
    );
  const visit = (value: unknown, branch: Branch, path: ValuePath): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [step, next] of branch.children) {
      const keys = step === '*' ? Object.keys(value) : Object.hasOwn(value, step) ? [step] : [];
      for (const key of keys) {
        const inner = [...path, Array.isArray(value) ? Number(key) : key];
        const found = (value as Record<string, unknown>)[key];
        if (next.ends) report(source.key(inner), key);
        // A short form: `runs-on: pool` is as good as a mapping with that key.
        else if (typeof found === 'string' && next.children.has(found)) report(source.value(inner), found);
        else visit(found, next, inner);
      }
    }
  };
  visit(root, TREE, []);
}
