import { useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { useCanvasCommands } from './canvas-commands-context.ts';
import { useCanvas, useCanvasStore, type CanvasState } from './canvas-store.ts';
import { listWords } from './stage-edits.ts';

const selectDialog = ({ dialog }: CanvasState) => dialog;

const WORDS = {
  pipeline: {
    title: 'Extract a pipeline',
    description: (names: string) => `${names} become a pipeline of this file, and one stage calls it.`,
    first: 'part',
  },
  template: {
    title: 'Extract a template',
    description: (names: string) => `What ${names} have in common becomes a template that they extend.`,
    first: 'base',
  },
} as const;

/** Asks what the pipeline or the template of the selected stages is to be called. */
export function ExtractDialog() {
  const dialog = useCanvas(selectDialog);
  return dialog?.type === 'extract' ? <Content into={dialog.into} ids={dialog.ids} /> : null;
}

function Content({ into, ids }: { readonly into: 'pipeline' | 'template'; readonly ids: readonly string[] }) {
  const store = useCanvasStore();
  const commands = useCanvasCommands();
  const words = WORDS[into];
  const [name, setName] = useState<string>(words.first);
  const [problem, setProblem] = useState<string | null>(null);
  const close = (): void => store.setState({ dialog: null });
  const submit = async (): Promise<void> => {
    const extract = into === 'pipeline' ? commands.extractPipeline : commands.extractTemplate;
    const outcome = await extract(ids, name);
    if (outcome.ok) close();
    else setProblem(outcome.said);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={words.title}
      description={words.description(listWords(ids))}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" disabled={name === ''} onClick={() => void submit()}>
            Extract
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          label="Name"
          value={name}
          error={problem ?? undefined}
          onValueChange={(value) => {
            setName(value.replace(/\s/g, '-'));
            setProblem(null);
          }}
          onFocus={(event) => event.currentTarget.select()}
          autoFocus
        />
      </form>
    </Dialog>
  );
}
