import type { IssueList } from './issue-list.ts';
import type { SourceMap, ValuePath } from './source-map.ts';

/**
 * The keys of the format whose behaviour this version does not have yet, as paths in which `*` is any key or
 * item. This table is the one place to change when a key gets its behaviour; the schema knows all keys.
 */
const UNSUPPORTED: readonly string[] = [
  ...['runs-on', 'container'].map((key) => `defaults.${key}`),
  ...['stages.*', 'pipelines.*.stages.*'].flatMap((stage) =>
    [
      ...['gate', 'runs-on', 'container', 'services', 'resources'],
      ...['reports.sarif', 'reports.sbom', 'reports.load'],
    ].map((key) => `${stage}.${key}`),
  ),
];

/** Values of such keys that mean what happens anyway. */
const WORKS_ALREADY: Readonly<Record<string, (value: unknown) => boolean>> = {
  'runs-on': (value) => value === 'local',
};

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
  const visit = (value: unknown, branch: Branch, path: ValuePath): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [step, next] of branch.children) {
      const keys = step === '*' ? Object.keys(value) : Object.hasOwn(value, step) ? [step] : [];
      for (const key of keys) {
        const inner = [...path, Array.isArray(value) ? Number(key) : key];
        const found = (value as Record<string, unknown>)[key];
        if (!next.ends) visit(found, next, inner);
        else if (!(WORKS_ALREADY[key]?.(found) ?? false)) {
          const message = `\`${key}\` works from a later version`;
          issues.add(
            'unsupported-key',
            source.key(inner),
            message,
            'this version does not act on it',
            'unsupported',
          );
        }
      }
    }
  };
  visit(root, TREE, []);
}
