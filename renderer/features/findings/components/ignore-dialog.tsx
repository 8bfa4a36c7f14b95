import { useState } from 'react';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import type { ProjectId } from '#shared/lib/ids.ts';
import type { Finding } from '#shared/reports/findings.ts';
import { ignoreFinding } from '../finding-actions.ts';
import styles from './findings.module.css';

const DAY_MS = 86_400_000;
const SPANS = [
  { value: '30', label: 'For 30 days' },
  { value: '90', label: 'For 90 days' },
  { value: '365', label: 'For a year' },
  { value: 'ever', label: 'For good' },
] as const;
type Span = (typeof SPANS)[number]['value'];

interface IgnoreDialogProps {
  readonly projectId: ProjectId;
  readonly finding: Finding;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** Asks why a finding does not count, and for how long. */
export function IgnoreDialog({ projectId, finding, onClose, onChanged }: IgnoreDialogProps) {
  const bridge = useBridge();
  const [reason, setReason] = useState('');
  const [span, setSpan] = useState<Span>('90');
  const ignore = async (): Promise<void> => {
    const until = span === 'ever' ? null : new Date(Date.now() + Number(span) * DAY_MS).toISOString();
    const decision = { fingerprint: finding.fingerprint, reason: reason.trim(), until };
    if (!(await ignoreFinding(bridge, projectId, decision, onChanged))) return;
    onClose();
    onChanged();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Ignore this finding"
      description="It stays in the list and in exports, marked as ignored, and counts for no gate of new findings."
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" disabled={reason.trim() === ''} onClick={() => void ignore()}>
            Ignore
          </Button>
        </>
      }
    >
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') void ignore();
        }}
      >
        <p className={styles['quoted']}>{finding.message}</p>
        <TextField
          label="Why it does not count"
          placeholder="Only in tests"
          value={reason}
          onValueChange={setReason}
          autoFocus
        />
        <Select label="How long" options={SPANS} value={span} onValueChange={setSpan} />
      </form>
    </Dialog>
  );
}
