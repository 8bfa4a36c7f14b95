import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { classNames } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';
import styles from './icon-button.module.css';

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'trailing' | 'aria-label'> {
  /** Names the button and is its tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Shown in the tooltip; binding it is `useShortcut`'s work. */
  readonly shortcut?: string;
  /** Makes it a toggle. */
  readonly pressed?: boolean;
  readonly tooltipSide?: 'top' | 'right' | 'bottom' | 'left';
}

/** A square button with an icon (14 or 16 px); ghost unless said. */
export function IconButton({
  label,
  shortcut,
  pressed,
  tooltipSide,
  variant = 'ghost',
  size = 'medium',
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip content={label} shortcut={shortcut} side={tooltipSide}>
      <Button
        {...rest}
        variant={variant}
        size={size}
        aria-label={label}
        aria-pressed={pressed}
        className={classNames(styles['square'], styles[size], className)}
      />
    </Tooltip>
  );
}
