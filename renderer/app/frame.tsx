import type { ReactNode } from 'react';
import { Nav } from './nav.tsx';
import type { NavItem } from './screens.tsx';
import { TitleBar, type TitleBarProps } from './title-bar.tsx';
import styles from './frame.module.css';

export interface FrameProps extends TitleBarProps {
  readonly navItems: readonly NavItem[];
  readonly children: ReactNode;
}

/** Title bar, navigation, and the screen, which has all of the room that is left and scrolls by itself. */
export function Frame({ navItems, children, ...titleBar }: FrameProps) {
  return (
    <div className={styles['frame']}>
      <TitleBar {...titleBar} />
      <div className={styles['body']}>
        <Nav items={navItems} />
        <main className={styles['screen']}>{children}</main>
      </div>
    </div>
  );
}
