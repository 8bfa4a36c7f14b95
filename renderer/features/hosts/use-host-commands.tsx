import { PlugZap, Plus } from 'lucide-react';
import { useMemo } from 'react';
import type { Command } from '#renderer/ui/commands/command-registry.ts';
import { useCommands } from '#renderer/ui/commands/use-commands.ts';

/** The actions of the screen, in the palette and on keys. @param selected the host that is shown; null: none */
export function useHostCommands(
  selected: string | null,
  onAdd: () => void,
  onTest: (name: string) => void,
): void {
  const commands = useMemo<readonly Command[]>(() => {
    const add: Command = {
      id: 'host.add',
      title: 'Add a host',
      group: 'Hosts',
      icon: <Plus size={16} />,
      shortcut: 'n',
      keywords: ['ssh'],
      run: onAdd,
    };
    if (selected === null) return [add];
    const test: Command = {
      id: 'host.test',
      title: `Test the connection to ${selected}`,
      group: 'Hosts',
      icon: <PlugZap size={16} />,
      shortcut: 't',
      keywords: ['ssh'],
      run: () => onTest(selected),
    };
    return [add, test];
  }, [selected, onAdd, onTest]);
  useCommands(commands);
}
