import type { TreeNode } from '#renderer/ui/tree-model.ts';

/** More members of one list or object than this are summed up in a last line. */
const MOST_MEMBERS = 2_000;
const MOST_TEXT = 200;

/** A JSON value as a tree, for reading. The deepest levels of a very deep value are left out. */
export function jsonTree(value: unknown): readonly TreeNode[] {
  return isBranch(value) ? members(value, '$', 0) : [leaf('$', '', value)];
}

const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null;
const MOST_LEVELS = 60;

function members(value: object, id: string, level: number): TreeNode[] {
  const entries = Object.entries(value);
  const nodes = entries.slice(0, MOST_MEMBERS).map(([name, member]): TreeNode => {
    const own = `${id}/${name}`;
    if (!isBranch(member) || level >= MOST_LEVELS) return leaf(own, name, member);
    const count = Object.keys(member).length;
    const trailing = Array.isArray(member) ? `[${count}]` : `{${count}}`;
    return { id: own, label: name, trailing, children: members(member, own, level + 1) };
  });
  const left = entries.length - nodes.length;
  return left > 0 ? [...nodes, { id: `${id}/…`, label: `… ${left} more` }] : nodes;
}

function leaf(id: string, name: string, value: unknown): TreeNode {
  const whole = isBranch(value) ? '…' : JSON.stringify(value);
  const text = whole.length > MOST_TEXT ? `${whole.slice(0, MOST_TEXT)}…` : whole;
  return { id, label: name === '' ? text : `${name}: ${text}` };
}
