import { Columns2, FlaskConical, Play, SlidersHorizontal } from 'lucide-react';
import { useMemo } from 'react';
import type { Command } from '#renderer/ui/commands/command-registry.ts';
import { useCommands } from '#renderer/ui/commands/use-commands.ts';

export interface PipelineActions {
  readonly onRun: (withOptions: boolean) => void;
  readonly onSimulate: () => void;
  readonly onChangeMode: () => void;
}

/** The editor's actions in the palette and on keys. All callbacks must stay the same. */
export function usePipelineCommands({ onRun, onSimulate, onChangeMode }: PipelineActions): void {
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'pipeline.run',
        title: 'Run this pipeline',
        group: 'Pipeline',
        icon: <Play size={16} />,
        shortcut: 'r',
        run: () => onRun(false),
      },
      {
        id: 'pipeline.run-with',
        title: 'Run with options',
        group: 'Pipeline',
        icon: <SlidersHorizontal size={16} />,
        shortcut: 'shift+r',
        keywords: ['stages', 'parallel'],
        run: () => onRun(true),
      },
      {
        id: 'pipeline.simulate',
        title: 'Simulate: what would run, and why',
        group: 'Pipeline',
        icon: <FlaskConical size={16} />,
        shortcut: 's',
        keywords: ['dry run', 'condition', 'event', 'push', 'branch'],
        run: onSimulate,
      },
      {
        id: 'pipeline.mode',
        title: 'Next view: canvas, split, text',
        group: 'Pipeline',
        icon: <Columns2 size={16} />,
        shortcut: 'g',
        run: onChangeMode,
      },
    ],
    [onRun, onSimulate, onChangeMode],
  );
  useCommands(commands);
}
