import { useState } from 'react';
import { Button } from '../button.tsx';
import { Dialog } from '../dialog.tsx';
import { TextArea } from '../text-field.tsx';

export type Decision = 'approved' | 'rejected';

/** What is about to be decided. */
export interface DecisionDraft {
  readonly decision: Decision;
  /** The stage that waits. */
  readonly stage: string;
  /** What it asks. */
  readonly message: string;
}

interface DecideDialogProps {
  /** Null: closed. */
  readonly draft: DecisionDraft | null;
  readonly onClose: () => void;
  /** The comment is trimmed, undefined when there is none. The dialog closes once it is settled. */
  readonly onDecide: (decision: Decision, comment: string | undefined) => Promise<void>;
}

/** Confirms a decision, with a comment if one wants to leave one. Ctrl or Cmd and Enter decide. */
export function DecideDialog({ draft, onClose, onDecide }: DecideDialogProps) {
  return (
    <Dialog
      open={draft !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={draft === null ? '' : `${draft.decision === 'approved' ? 'Approve' : 'Reject'} ${draft.stage}`}
      description={draft?.message}
      width={440}
    >
      {draft !== null && <DecideForm draft={draft} onClose={onClose} onDecide={onDecide} />}
    </Dialog>
  );
}

function DecideForm({ draft, onClose, onDecide }: DecideDialogProps & { readonly draft: DecisionDraft }) {
  const [comment, setComment] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const isApproval = draft.decision === 'approved';
  const decide = async (): Promise<void> => {
    if (isBusy) return;
    setIsBusy(true);
    await onDecide(draft.decision, comment.trim() === '' ? undefined : comment.trim());
    onClose();
  };
  return (
    <form
      style={{ display: 'grid', gap: 'var(--space-4)' }}
      onSubmit={(event) => {
        event.preventDefault();
        void decide();
      }}
    >
      <TextArea
        label="Comment"
        optional
        hint="Kept with the run, beside your name."
        rows={3}
        maxLength={2_000}
        value={comment}
        onValueChange={setComment}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void decide();
        }}
      />
      <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 'var(--space-2)' }}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant={isApproval ? 'primary' : 'danger'} busy={isBusy}>
          {isApproval ? 'Approve' : 'Reject'}
        </Button>
      </div>
    </form>
  );
}
