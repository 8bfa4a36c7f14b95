import { Zap } from 'lucide-react';
import { buttonClass } from '#renderer/ui/button.tsx';
import { CodeBlock } from '#renderer/ui/code-text.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import styles from './triggers.module.css';

const EXAMPLE = `on:
  schedule: "0 3 * * 1-5"    # weekdays at 3:00
  watch: [src/**]            # files changed
  push: { branches: [main] } # main has moved`;

/** What to write, where nothing starts by itself. */
export function NoTriggers() {
  return (
    <EmptyState
      icon={<Zap size={20} />}
      title="Nothing starts by itself"
      actions={
        <RouteLink className={buttonClass('secondary')} to={{ screen: 'projects' }}>
          Choose a pipeline
        </RouteLink>
      }
    >
      Say in a pipeline file what starts it, and it is listed here.
      <span className={styles['example']}>
        <CodeBlock>{EXAMPLE}</CodeBlock>
      </span>
    </EmptyState>
  );
}
