import { Bug } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { CodeBlock } from '#renderer/ui/code-text.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import styles from './crash-screen.module.css';

export interface CrashScreenProps {
  readonly error: Error;
  /** Tries the same part again without loading the window anew. */
  readonly onRetry?: () => void;
}

/** Instead of a white window: says that it is a fault of ours, that runs go on, and how to get out. */
export function CrashScreen({ error, onRetry }: CrashScreenProps) {
  return (
    <div className={styles['crash']} role="alert">
      <EmptyState
        icon={<Bug size={20} />}
        title="This screen broke"
        actions={
          <>
            {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
            <Button variant="primary" onClick={() => location.reload()}>
              Reload
            </Button>
          </>
        }
      >
        It is a fault in Pipewright, not in your pipeline. Runs go on; a reload shows them as they are.
        <div className={styles['detail']}>
          <CodeBlock wrap maxHeight={160}>
            {error.message}
          </CodeBlock>
        </div>
      </EmptyState>
    </div>
  );
}
