import type { ReactNode } from 'react';

/** A node of a `Tree`: a branch has `children` (an empty folder an empty list), a leaf has none. */
export interface TreeNode {
  /** Unique in the whole tree. */
  readonly id: string;
  readonly label: string;
  /** 14 px; a folder gets one by itself. */
  readonly icon?: ReactNode;
  /** At the right end: a size, a count. */
  readonly trailing?: ReactNode;
  readonly children?: readonly TreeNode[];
}

/** A node in sight, with what a row needs to know of its place. */
export interface VisibleNode {
  readonly node: TreeNode;
  /** 1-based. */
  readonly level: number;
  readonly parentId: string | null;
  /** 1-based, among its siblings. */
  readonly position: number;
  readonly siblings: number;
}

/** The nodes that can be seen when these branches are open, top to bottom. */
export function visibleNodes(nodes: readonly TreeNode[], isOpen: (id: string) => boolean): VisibleNode[] {
  const visible: VisibleNode[] = [];
  const add = (siblings: readonly TreeNode[], level: number, parentId: string | null): void => {
    for (const [index, node] of siblings.entries()) {
      visible.push({ node, level, parentId, position: index + 1, siblings: siblings.length });
      if (node.children !== undefined && isOpen(node.id)) add(node.children, level + 1, node.id);
    }
  };
  add(nodes, 1, null);
  return visible;
}

/** What ← or → asks for at a node: open or close it, or go to its parent or first child. */
export function branchMove(
  key: string,
  at: VisibleNode,
  isOpen: (id: string) => boolean,
): { readonly kind: 'open' | 'close' | 'go'; readonly id: string } | null {
  const { node, parentId } = at;
  const open = node.children !== undefined && isOpen(node.id);
  if (key === 'ArrowRight' && node.children !== undefined) {
    const first = node.children[0];
    if (!open) return { kind: 'open', id: node.id };
    return first === undefined ? null : { kind: 'go', id: first.id };
  }
  if (key === 'ArrowLeft') {
    if (open) return { kind: 'close', id: node.id };
    return parentId === null ? null : { kind: 'go', id: parentId };
  }
  return null;
}
