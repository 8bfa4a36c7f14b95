import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo } from 'react';
import type { Command } from '#renderer/ui/commands/command-registry.ts';
import { useCommands } from '#renderer/ui/commands/use-commands.ts';
import type { PipelineDocument } from '../document/document-store.ts';
import { goToProblem } from './select-problem.ts';

const SHARED = { group: 'Pipeline', keywords: ['problem', 'error', 'warning', 'hint'] };

/** F8 and Shift+F8 walk through the problems of a document; within the text its own keys do. */
export function useProblemCommands(document: PipelineDocument): void {
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        ...SHARED,
        id: 'problems.next',
        title: 'Go to the next issue',
        icon: <ArrowDown size={16} />,
        shortcut: 'f8',
        run: () => goToProblem(document, 1),
      },
      {
        ...SHARED,
        id: 'problems.previous',
        title: 'Go to the previous issue',
        icon: <ArrowUp size={16} />,
        shortcut: 'shift+f8',
        run: () => goToProblem(document, -1),
      },
    ],
    [document],
  );
  useCommands(commands);
}
