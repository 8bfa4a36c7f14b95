import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { Logo } from './logo.tsx';
import { showOverlay } from './overlay-store.ts';
import { ThemeMenu } from './theme-menu.tsx';
import styles from './title-bar.module.css';

export interface TitleBarProps {
  /** Where one is: the project and pipeline switchers. */
  readonly start?: ReactNode;
  /** Left of the theme: what runs now. */
  readonly end?: ReactNode;
}

/** The line above everything: where one is, the search, what runs, the theme. */
export function TitleBar({ start, end }: TitleBarProps) {
  return (
    <header className={styles['bar']}>
      <div className={styles['place']}>
        <RouteLink to={{ screen: 'projects' }} className={styles['home']} aria-label="Pipewright, projects">
          <Logo />
        </RouteLink>
        {start}
      </div>
      <button type="button" className={styles['search']} onClick={() => showOverlay('palette')}>
        <Search size={14} />
        <span className={styles['searchLabel']}>Search or run a command</span>
        <Kbd keys="mod+k" />
      </button>
      <div className={styles['end']}>
        {end}
        <ThemeMenu />
      </div>
    </header>
  );
}
