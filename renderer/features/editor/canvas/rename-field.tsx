import { useState } from 'react';
import { Popover } from '#renderer/ui/popover.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { useCanvasCommands } from './canvas-commands-context.ts';
import { useCanvas, useCanvasStore, type CanvasState } from './canvas-store.ts';
import styles from './editor-canvas.module.css';

const selectDialog = ({ dialog }: CanvasState) => dialog;
const NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Why a stage cannot be called so; null when it can. */
function nameProblem(name: string, taken: boolean): string | null {
  if (!NAME.test(name)) return 'Letters, digits, - and _; it begins with a letter or _.';
  return taken ? `There is a stage ${name} already.` : null;
}

/** The name of a stage over its card: Enter takes it, Escape leaves the old one. */
export function RenameField({ onClose }: { readonly onClose: () => void }) {
  const dialog = useCanvas(selectDialog);
  return dialog?.type === 'rename' ? <Field key={dialog.id} id={dialog.id} onClose={onClose} /> : null;
}

function Field({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const store = useCanvasStore();
  const commands = useCanvasCommands();
  const [name, setName] = useState(id);
  const [problem, setProblem] = useState<string | null>(null);
  const { camera, scene, graph } = store.getState();
  const place = scene.places.get(id);
  const close = (): void => {
    store.setState({ dialog: null });
    onClose();
  };
  const submit = async (): Promise<void> => {
    if (name === id) {
      close();
      return;
    }
    const reason = nameProblem(name, graph.stages.has(name));
    if (reason !== null) {
      setProblem(reason);
      return;
    }
    const outcome = await commands.rename(id, name);
    if (outcome.ok) close();
    else setProblem(outcome.said);
  };
  if (camera === null || place === undefined) return null;
  const { x, y } = camera.toScreen(place);
  return (
    <Popover label={`Rename ${id}`} at={{ x, y: y - 8 }} open onOpenChange={(open) => !open && close()}>
      <form
        className={styles['rename']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          label="Name of the stage"
          hideLabel
          value={name}
          error={problem ?? undefined}
          hint="Also where others need or read it"
          onValueChange={(value) => {
            setName(value.replace(/\s/g, '-'));
            setProblem(null);
          }}
          onFocus={(event) => event.currentTarget.select()}
          autoFocus
        />
      </form>
    </Popover>
  );
}
