import { useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';

interface JumpDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly lineCount: number;
  readonly onJump: (line: number) => void;
}

/** Asks for the number of a line. */
export function JumpDialog({ open, onOpenChange, lineCount, onJump }: JumpDialogProps) {
  const [text, setText] = useState('');
  const digits = text.replace(/[\s,.'’]/g, '');
  const isNumber = /^\d{1,12}$/.test(digits) && Number(digits) > 0;
  const jump = (): void => {
    if (!isNumber) return;
    onJump(Math.min(lineCount, Number(digits)));
    onOpenChange(false);
    setText('');
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Jump to a line"
      width={340}
      footer={
        <Button variant="primary" disabled={!isNumber} onClick={jump}>
          Jump
        </Button>
      }
    >
      <TextField
        label="Line"
        hint={`1 to ${lineCount.toLocaleString('en')}`}
        error={text !== '' && !isNumber ? 'A line is a number, such as 1200.' : undefined}
        inputMode="numeric"
        autoFocus
        value={text}
        onValueChange={setText}
        onKeyDown={(event) => {
          if (event.key === 'Enter') jump();
        }}
      />
    </Dialog>
  );
}
