import { Pause, Play } from 'lucide-react';
import { useMemo } from 'react';
import type { Command } from '#renderer/ui/commands/command-registry.ts';
import { useCommands } from '#renderer/ui/commands/use-commands.ts';
import type { Trigger } from '#shared/api/trigger-schemas.ts';
import { triggerWords } from './trigger-words.ts';
import type { TriggerActions } from './use-trigger-actions.ts';

/** The actions of the trigger that is shown, in the palette and on keys. */
export function useTriggerCommands(trigger: Trigger | null, actions: TriggerActions): void {
  const commands = useMemo<readonly Command[]>(() => {
    if (trigger === null) return [];
    const what = `${triggerWords(trigger.type)} of ${trigger.name}`;
    return [
      {
        id: 'trigger.run',
        title: `Run now: ${what}`,
        group: 'Triggers',
        icon: <Play size={16} />,
        shortcut: 'r',
        run: () => actions.run(trigger),
      },
      {
        id: 'trigger.pause',
        title: `${trigger.paused ? 'Resume' : 'Pause'}: ${what}`,
        group: 'Triggers',
        icon: trigger.paused ? <Play size={16} /> : <Pause size={16} />,
        shortcut: 'p',
        run: () => actions.setPaused(trigger, !trigger.paused),
      },
    ];
  }, [trigger, actions]);
  useCommands(commands);
}
