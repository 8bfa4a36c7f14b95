import { CloudOff } from 'lucide-react';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

export interface FailureStateProps {
  /** One sentence each; the hint is the way out. */
  readonly failure: { readonly message: string; readonly hint: string | null };
  readonly onRetry: () => void;
}

/** In the place of what could not be fetched. */
export function FailureState({ failure, onRetry }: FailureStateProps) {
  return (
    <EmptyState
      icon={<CloudOff size={20} />}
      title={failure.message}
      actions={<Button onClick={onRetry}>Try again</Button>}
    >
      {failure.hint}
    </EmptyState>
  );
}
