import { ChevronRight } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './section.module.css';

export interface SectionProps {
  readonly title: string;
  readonly count?: number;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a screen or a side panel; parts are set apart by a hairline. */
export function Section({ title, count, actions, children }: SectionProps) {
  return (
    <section className={styles['section']} aria-label={title}>
      <header className={styles['header']}>
        <h3 className={styles['title']}>{title}</h3>
        {count !== undefined && <span className={styles['count']}>{count}</span>}
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </header>
      {children}
    </section>
  );
}

export interface FoldProps extends Omit<SectionProps, 'actions'> {
  readonly defaultOpen?: boolean;
}

/** A part that can be folded away. */
export function Fold({ title, count, defaultOpen = false, children }: FoldProps) {
  return (
    <Collapsible.Root className={styles['section']} defaultOpen={defaultOpen}>
      <Collapsible.Trigger className={styles['trigger']}>
        <ChevronRight size={14} className={styles['chevron']} />
        <span className={styles['title']}>{title}</span>
        {count !== undefined && <span className={styles['count']}>{count}</span>}
      </Collapsible.Trigger>
      <Collapsible.Content>{children}</Collapsible.Content>
    </Collapsible.Root>
  );
}
