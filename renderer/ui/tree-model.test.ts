import { describe, expect, it } from 'vitest';
import { branchMove, visibleNodes, type TreeNode } from './tree-model.ts';

const leaf = (id: string): TreeNode => ({ id, label: id });
const tree: TreeNode[] = [
  { id: 'dist', label: 'dist', children: [leaf('app.js'), { id: 'maps', label: 'maps', children: [] }] },
  leaf('readme'),
];
const openAll = (): boolean => true;
const at = (id: string, isOpen = openAll) => visibleNodes(tree, isOpen).find(({ node }) => node.id === id)!;

describe('visibleNodes', () => {
  it('shows what lies in open branches, with level and place', () => {
    expect(
      visibleNodes(tree, openAll).map(({ node, level, position }) => [node.id, level, position]),
    ).toEqual([
      ['dist', 1, 1],
      ['app.js', 2, 1],
      ['maps', 2, 2],
      ['readme', 1, 2],
    ]);
  });

  it('hides what lies in closed ones', () => {
    expect(visibleNodes(tree, () => false).map(({ node }) => node.id)).toEqual(['dist', 'readme']);
  });
});

describe('branchMove', () => {
  it('opens a closed branch, then goes to its first child', () => {
    expect(branchMove('ArrowRight', at('dist'), () => false)).toEqual({ kind: 'open', id: 'dist' });
    expect(branchMove('ArrowRight', at('dist'), openAll)).toEqual({ kind: 'go', id: 'app.js' });
  });

  it('closes an open branch and leaves a leaf for its parent', () => {
    expect(branchMove('ArrowLeft', at('dist'), openAll)).toEqual({ kind: 'close', id: 'dist' });
    expect(branchMove('ArrowLeft', at('app.js'), openAll)).toEqual({ kind: 'go', id: 'dist' });
  });

  it('does nothing at the edges', () => {
    expect(branchMove('ArrowLeft', at('readme'), openAll)).toBeNull();
    expect(branchMove('ArrowRight', at('readme'), openAll)).toBeNull();
    expect(branchMove('ArrowRight', at('maps'), openAll)).toBeNull();
  });
});
