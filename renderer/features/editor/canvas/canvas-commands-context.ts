import { createContext, useContext } from 'react';
import type { CanvasCommands } from './canvas-commands.ts';

export const CommandsContext = createContext<CanvasCommands | null>(null);

export function useCanvasCommands(): CanvasCommands {
  const commands = useContext(CommandsContext);
  if (commands === null) throw new Error('A part of the canvas stands outside of an EditorCanvas');
  return commands;
}
