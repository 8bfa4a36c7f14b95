import { ArrowDown, ArrowUp, ChevronRight, FileCode, MoreHorizontal, Trash2 } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import type { ReactNode } from 'react';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import type { MenuEntry } from '#renderer/ui/menu-entry.ts';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import { issuesAt, useFormData } from '../form-data.ts';
import { useShowInText } from '../use-show-in-text.ts';
import styles from './controls.module.css';

export interface ItemCardProps {
  readonly title: ReactNode;
  /** Names it for a screen reader; default: the title. */
  readonly name?: string;
  readonly path: ValuePath;
  readonly defaultOpen: boolean;
  readonly index?: number;
  readonly count?: number;
  readonly onRemove: () => void;
  /** By -1 or 1; left out where the order means nothing. */
  readonly onMove?: (by: -1 | 1) => void;
  readonly children: ReactNode;
}

/** One of several things: its name, and below it what it says. */
export function ItemCard(props: ItemCardProps) {
  const { title, path, defaultOpen, index = 0, count = 1, onRemove, onMove, children } = props;
  const name = props.name ?? (typeof title === 'string' ? title : 'this');
  const { isReadOnly, issues } = useFormData();
  const showInText = useShowInText();
  const found = issuesAt(issues, path, true);
  const isWrong = found.some(({ severity }) => severity === 'error');
  const moves: MenuEntry[] =
    onMove === undefined || isReadOnly
      ? []
      : [
          {
            label: 'Move up',
            icon: <ArrowUp size={14} />,
            disabled: index === 0,
            onSelect: () => onMove(-1),
          },
          {
            label: 'Move down',
            icon: <ArrowDown size={14} />,
            disabled: index >= count - 1,
            onSelect: () => onMove(1),
          },
        ];
  const entries: MenuEntry[] = [
    ...moves,
    {
      label: 'Show in text',
      icon: <FileCode size={14} />,
      onSelect: () => showInText([path]),
    },
    ...(isReadOnly
      ? []
      : [{ label: 'Delete', icon: <Trash2 size={14} />, danger: true, onSelect: onRemove } as const]),
  ];
  return (
    <Collapsible.Root
      className={styles['card']}
      data-path={JSON.stringify(path)}
      defaultOpen={defaultOpen || isWrong}
      data-wrong={isWrong || undefined}
    >
      <div className={styles['cardHead']}>
        <Collapsible.Trigger className={styles['cardTrigger']}>
          <ChevronRight size={14} className={styles['chevron']} aria-hidden />
          <span className={styles['cardTitle']}>{title}</span>
        </Collapsible.Trigger>
        <DropdownMenu
          align="end"
          entries={entries}
          trigger={
            <IconButton label={`More about ${name}`} icon={<MoreHorizontal size={14} />} size="small" />
          }
        />
      </div>
      <Collapsible.Content className={styles['cardBody']}>{children}</Collapsible.Content>
    </Collapsible.Root>
  );
}
