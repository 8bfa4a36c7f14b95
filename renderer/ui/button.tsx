import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Spinner } from './spinner.tsx';
import styles from './button.module.css';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ControlSize = 'small' | 'medium' | 'large';

/** The look of a button for an element that is none (a link that acts as the screen's main way on). */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ControlSize = 'medium'): string {
  return classNames(styles['button'], styles[variant], styles[size]);
}

export interface ButtonProps extends ComponentProps<'button'> {
  /** One `primary` per screen. Default `secondary`. */
  readonly variant?: ButtonVariant;
  readonly size?: ControlSize;
  /** 14 px, before the label. */
  readonly icon?: ReactNode;
  /** After the label: a count, a chevron, `<Kbd>`. */
  readonly trailing?: ReactNode;
  /** Work goes on: shows a spinner in the icon's place and ignores clicks, keeping the width and the focus. */
  readonly busy?: boolean;
}

/** A verb. `type` is `button` unless said. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  icon,
  trailing,
  busy = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(buttonClass(variant, size), className)}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      {busy ? <Spinner size={14} /> : icon}
      {children !== undefined && <span className={styles['label']}>{children}</span>}
      {trailing}
    </button>
  );
}
