import { Popover } from 'radix-ui';
import { useEffect, useRef, type ReactNode } from 'react';
import floatStyles from '#renderer/ui/float.module.css';
import { classNames } from '#renderer/ui/class-names.ts';
import type { ExpressionOption } from '../../expression-completion.ts';
import styles from './controls.module.css';

export interface CompletionListProps {
  readonly id: string;
  /** Empty: nothing is shown. */
  readonly options: readonly ExpressionOption[];
  readonly active: number;
  readonly onAccept: (option: ExpressionOption) => void;
  readonly onClose: () => void;
  /** The field that it belongs to, which keeps the focus. */
  readonly children: ReactNode;
}

const MARKS: Record<ExpressionOption['type'], string> = { context: '{ }', name: '·', function: 'f( )' };

/** What may be written at the cursor, below the field. */
export function CompletionList({ id, options, active, onAccept, onClose, children }: CompletionListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <Popover.Root open={options.length > 0} onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor asChild>{children}</Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          ref={list}
          id={id}
          role="listbox"
          aria-label="What may stand here"
          className={classNames(floatStyles['surface'], styles['completions'])}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          {options.map((option, index) => (
            <div
              key={`${option.type} ${option.label}`}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              className={floatStyles['item']}
              {...(index === active ? { 'data-highlighted': true } : {})}
              // The field would lose the focus, and set what is not finished.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onAccept(option)}
            >
              <span className={styles['mark']} aria-hidden>
                {MARKS[option.type]}
              </span>
              <code>{option.label}</code>
              <span className={styles['detail']}>{option.detail}</span>
            </div>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
