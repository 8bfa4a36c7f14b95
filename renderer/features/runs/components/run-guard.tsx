import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button, buttonClass } from '#renderer/ui/button.tsx';
import { Callout } from '#renderer/ui/callout.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { Skeleton } from '#renderer/ui/skeleton.tsx';
import type { FollowedRunHandle } from '../hooks/use-followed-run.ts';
import { RunContext } from '../run-context.ts';
import styles from './run-screen.module.css';

interface RunGuardProps {
  readonly followed: FollowedRunHandle;
  /** Rendered once the run is there. */
  readonly children: ReactNode;
}

/** Holds the place of a run that loads, says why one cannot be shown, and gives the run to what is inside. */
export function RunGuard({ followed: { store, retry }, children }: RunGuardProps) {
  const isLoaded = useStore(store, ({ run }) => run !== null);
  const failure = useStore(store, (view) => view.failure);
  if (!isLoaded && failure !== null) {
    return (
      <EmptyState
        icon={<TriangleAlert size={20} />}
        title={failure.code === 'run-not-found' ? 'This run is gone' : 'The run could not be opened'}
        actions={
          <>
            <RouteLink className={buttonClass()} to={{ screen: 'runs' }}>
              Show all runs
            </RouteLink>
            {failure.code !== 'run-not-found' && <Button onClick={retry}>Try again</Button>}
          </>
        }
      >
        {failure.message} {failure.hint}
      </EmptyState>
    );
  }
  if (!isLoaded) return <RunSkeleton />;
  return (
    <RunContext value={store}>
      {failure !== null && (
        <Callout
          kind="error"
          title="The run cannot be followed any further"
          actions={
            <Button size="small" onClick={retry}>
              Try again
            </Button>
          }
        >
          {failure.message} {failure.hint}
        </Callout>
      )}
      {children}
    </RunContext>
  );
}

function RunSkeleton() {
  return (
    <div className={styles['skeleton']} role="status" aria-label="Loading the run">
      <div className={styles['skeletonHeader']}>
        <Skeleton width={84} height={16} />
        <Skeleton width={160} height={16} />
        <Skeleton width={260} />
      </div>
      <div className={styles['skeletonTabs']}>
        {[44, 64, 40, 58].map((width) => (
          <Skeleton key={width} width={width} />
        ))}
      </div>
    </div>
  );
}
