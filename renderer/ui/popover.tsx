import { Popover as Radix } from 'radix-ui';
import { useMemo, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import floatStyles from './float.module.css';
import styles from './popover.module.css';

export interface PopoverProps {
  readonly trigger?: ReactNode;
  /** Where it stands when nothing triggers it: pixels of the window. */
  readonly at?: { readonly x: number; readonly y: number };
  /** Names it for a screen reader. */
  readonly label: string;
  readonly children: ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

/** A small form or details beside what opened it. */
export function Popover({ trigger, at, label, children, align = 'start', open, onOpenChange }: PopoverProps) {
  const [x, y] = [at?.x, at?.y];
  const anchor = useMemo(
    () =>
      x === undefined || y === undefined
        ? null
        : { current: { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) } },
    [x, y],
  );
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger !== undefined && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      {anchor !== null && <Radix.Anchor virtualRef={anchor} />}
      <Radix.Portal>
        <Radix.Content
          className={classNames(floatStyles['surface'], styles['content'])}
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
