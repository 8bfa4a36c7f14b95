import { ChevronRight, File, Folder, FolderOpen } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { moveCursor } from './list-cursor.ts';
import { branchMove, visibleNodes, type TreeNode } from './tree-model.ts';
import { useRowWindow } from './use-row-window.ts';
import styles from './tree.module.css';

const ROW_HEIGHT = 26;
const INDENT = 16;

export interface TreeProps {
  /** Names the tree. */
  readonly label: string;
  readonly nodes: readonly TreeNode[];
  readonly selectedId: string | null;
  /** A click, or the cursor's walk. */
  readonly onSelect: (node: TreeNode) => void;
  /** Enter or a double click on a leaf. */
  readonly onOpen?: (node: TreeNode) => void;
  /** Whether branches start open; default true. */
  readonly startOpen?: boolean;
}

/** Folders and files. Arrows walk, open and close; renders what is in sight. */
export function Tree({ label, nodes, selectedId, onSelect, onOpen, startOpen = true }: TreeProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // The branches that differ from how all of them started.
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const isOpen = (branch: string): boolean => turned.has(branch) !== startOpen;
  const visible = visibleNodes(nodes, isOpen);
  const view = useRowWindow({ scroller, count: visible.length, rowHeight: ROW_HEIGHT });
  const cursor = visible.findIndex(({ node }) => node.id === selectedId);

  const toggle = (branch: string): void => {
    const next = new Set(turned);
    if (!next.delete(branch)) next.add(branch);
    setTurned(next);
  };
  const activate = (node: TreeNode): void => {
    if (node.children === undefined) onOpen?.(node);
    else toggle(node.id);
  };
  const goTo = (index: number): void => {
    const target = visible[index];
    if (target === undefined) return;
    onSelect(target.node);
    view.reveal(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = visible[cursor];
    const branch = here === undefined ? null : branchMove(event.key, here, isOpen);
    const next = moveCursor(event.key, cursor, visible.length, view.pageSize());
    if (event.key === 'Enter' && here !== undefined) activate(here.node);
    else if (branch?.kind === 'go') goTo(visible.findIndex(({ node }) => node.id === branch.id));
    else if (branch !== null) toggle(branch.id);
    else if (next !== null) goTo(next);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label={label}
      aria-activedescendant={cursor === -1 ? undefined : `${id}-${cursor}`}
      tabIndex={0}
      className={styles['tree']}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={styles['rows']} style={{ height: view.height }}>
        {view.rows.map(({ index, top }) => {
          const item = visible[index];
          if (item === undefined) return null;
          const { node, level } = item;
          const branch = node.children !== undefined;
          const open = branch && isOpen(node.id);
          return (
            <div
              key={node.id}
              id={`${id}-${index}`}
              role="treeitem"
              aria-level={level}
              aria-posinset={item.position}
              aria-setsize={item.siblings}
              aria-expanded={branch ? open : undefined}
              aria-selected={index === cursor}
              className={styles['row']}
              style={{
                height: ROW_HEIGHT,
                transform: `translateY(${top}px)`,
                paddingInlineStart: 8 + (level - 1) * INDENT,
              }}
              onClick={() => {
                onSelect(node);
                if (branch) toggle(node.id);
              }}
              onDoubleClick={() => {
                if (!branch) onOpen?.(node);
              }}
            >
              <ChevronRight size={14} className={styles['chevron']} data-open={open} data-leaf={!branch} />
              {node.icon ??
                (branch ? open ? <FolderOpen size={14} /> : <Folder size={14} /> : <File size={14} />)}
              <span className={styles['label']}>{node.label}</span>
              {node.trailing !== undefined && <span className={styles['trailing']}>{node.trailing}</span>}
            </div>
          );
        })}
      </div>
    </div>
  );
}
