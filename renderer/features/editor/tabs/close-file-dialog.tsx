import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';

export interface CloseFileDialogProps {
  /** The file that is to be closed with changes that are not saved; null while none is. */
  readonly file: string | null;
  readonly onCancel: () => void;
  readonly onDiscard: () => void;
  readonly onSave: () => void;
}

/** Asks what becomes of the changes. The focus starts on saving them. */
export function CloseFileDialog({ file, onCancel, onDiscard, onSave }: CloseFileDialogProps) {
  return (
    <Dialog
      open={file !== null}
      onOpenChange={(open) => {
        if (!open) onCancel();
      }}
      title={`Save the changes of ${file ?? ''}?`}
      description="They are lost otherwise: what is on disk stays as it is."
      width={440}
      footer={
        <>
          <Button onClick={onCancel}>Cancel</Button>
          <Button variant="danger" onClick={onDiscard}>
            Do not save
          </Button>
          <Button variant="primary" autoFocus onClick={onSave}>
            Save and close
          </Button>
        </>
      }
    />
  );
}
