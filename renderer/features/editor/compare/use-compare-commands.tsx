import { GitCompare } from 'lucide-react';
import { useMemo } from 'react';
import type { Command } from '#renderer/ui/commands/command-registry.ts';
import { useCommands } from '#renderer/ui/commands/use-commands.ts';
import type { Against } from '../text/diff/other-text.ts';
import { COMPARISONS } from './comparisons.ts';

/** Comparing the file in view, in the palette. @param onCompare must stay the same */
export function useCompareCommands(onCompare: (against: Against) => void): void {
  const commands = useMemo<readonly Command[]>(
    () =>
      COMPARISONS.map(({ against, label }) => ({
        id: `document.compare-${against}`,
        title: label,
        group: 'Pipeline',
        icon: <GitCompare size={16} />,
        keywords: ['diff', 'git', 'differences'],
        run: () => onCompare(against),
      })),
    [onCompare],
  );
  useCommands(commands);
}
