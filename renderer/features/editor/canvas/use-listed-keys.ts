import { useEffect, useState } from 'react';
import { offerCommands, type Command } from '#renderer/ui/commands/command-registry.ts';
import type { CanvasCommands } from './canvas-commands.ts';
import type { CanvasStore } from './canvas-store.ts';

/**
 * Lists the canvas's keys in the dialog of keys and in the palette of commands. They are not bound here: they work only
 * while the canvas has the focus.
 */
export function useListedKeys(
  commands: CanvasCommands,
  store: CanvasStore,
  { openForm, focus }: { readonly openForm: () => void; readonly focus: () => void },
): void {
  const [owner] = useState(() => Symbol('canvas'));
  useEffect(() => {
    const list = (
      [
        ['add', 'Add a stage', 'a', () => commands.openPalette()],
        ['find', 'Find a stage', '/', () => store.setState({ isFinding: true })],
        ['walk', 'Walk along the edges', 'arrowright', focus],
        ['extend', 'Walk and select', 'shift+arrowright', focus],
        ['connect', 'Connect or disconnect the stage', 'c', focus],
        ['breakpoint', 'Set or remove a breakpoint on the stages', 'b', () => commands.toggleBreakpoints()],
        ['form', 'Open the form of the stage', 'enter', openForm],
        ['scope', 'Open the pipeline that the stage calls', 'o', focus],
        ['rename', 'Rename the stage', 'f2', () => commands.openRename()],
        ['duplicate', 'Duplicate stages', 'mod+d', () => void commands.duplicate()],
        ['delete', 'Delete stages, or an edge', 'delete', () => void commands.remove()],
        ['all', 'Select all stages', 'mod+a', () => commands.selectAll()],
        ['nudge', 'Move stages', 'alt+arrowright', focus],
        ['fit', 'Show all stages', 'f', () => store.getState().camera?.fit()],
        ['fit-selection', 'Show the selected stages', 'shift+f', focus],
        ['tidy', 'Tidy up the canvas', undefined, () => commands.tidy()],
      ] as const
    ).map(([id, title, shortcut, run]): Command => ({
      id: `canvas.${id}`,
      title,
      group: 'Canvas',
      ...(shortcut === undefined ? {} : { shortcut }),
      run: () => {
        focus();
        run();
      },
    }));
    offerCommands(owner, list);
    return () => offerCommands(owner, []);
  }, [owner, commands, store, openForm, focus]);
}
