import type { CoverageNode } from './coverage-tree.ts';

export interface CoverageRow {
  readonly node: CoverageNode;
  /** 0 for what stands at the top. */
  readonly level: number;
  /** Null for a file. */
  readonly isOpen: boolean | null;
}

export type CoverageSort = 'name' | 'pct' | 'missed' | 'branches';

export interface CoverageWishes {
  readonly layout: 'tree' | 'files';
  readonly sort: CoverageSort;
  readonly direction: 'ascending' | 'descending';
  /** Part of a path, whatever its case; all folders are open then. */
  readonly text: string;
  readonly isOpen: (key: string) => boolean;
}

const COLLATOR = new Intl.Collator('en', { numeric: true });
const missed = ({ lines }: CoverageNode): number => lines.total - lines.covered;

/** What has nothing to cover stands last among the percentages, whichever way they are sorted. */
const pctOf = (pct: number | null, sign: number): number => pct ?? sign * Infinity;

function compare(sort: CoverageSort, sign: number): (a: CoverageNode, b: CoverageNode) => number {
  const byName = (a: CoverageNode, b: CoverageNode): number => COLLATOR.compare(a.key, b.key);
  switch (sort) {
    case 'name':
      return (a, b) => Number(a.file !== null) - Number(b.file !== null) || sign * byName(a, b);
    case 'pct':
      return (a, b) => sign * (pctOf(a.lines.pct, sign) - pctOf(b.lines.pct, sign)) || byName(a, b);
    case 'branches':
      return (a, b) => sign * (pctOf(a.branches.pct, sign) - pctOf(b.branches.pct, sign)) || byName(a, b);
    case 'missed':
      return (a, b) => sign * (missed(a) - missed(b)) || byName(a, b);
  }
}

/** The lines of the list: folders with what is in those that are open, or all files. */
export function coverageRows(root: CoverageNode, wishes: CoverageWishes): readonly CoverageRow[] {
  const { layout, sort, direction, isOpen } = wishes;
  const wanted = wishes.text.trim().toLowerCase();
  const order = compare(sort, direction === 'ascending' ? 1 : -1);
  const kept = wanted === '' ? null : keptKeys(root, wanted);
  const rows: CoverageRow[] = [];
  const isKept = ({ key }: CoverageNode): boolean => kept === null || kept.has(key);
  if (layout === 'files') {
    const files: CoverageNode[] = [];
    collect(root, files);
    for (const node of files.filter(isKept).sort(order)) rows.push({ node, level: 0, isOpen: null });
    return rows;
  }
  const add = (nodes: readonly CoverageNode[], level: number): void => {
    for (const node of nodes.filter(isKept).sort(order)) {
      const open = node.file === null ? kept !== null || isOpen(node.key) : null;
      rows.push({ node, level, isOpen: open });
      if (open === true) add(node.children, level + 1);
    }
  };
  add(root.children, 0);
  return rows;
}

function collect(node: CoverageNode, files: CoverageNode[]): void {
  if (node.file !== null) files.push(node);
  else for (const child of node.children) collect(child, files);
}

/** Files whose path holds the text, and the folders above them. */
function keptKeys(root: CoverageNode, wanted: string): ReadonlySet<string> {
  const kept = new Set<string>();
  const visit = (node: CoverageNode): boolean => {
    let holds = node.file !== null && node.key.toLowerCase().includes(wanted);
    for (const child of node.children) holds = visit(child) || holds;
    if (holds) kept.add(node.key);
    return holds;
  };
  visit(root);
  return kept;
}
