import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useMemo, useState } from 'react';
import {
  groupCommands,
  listCommands,
  useCommandStore,
  type Command as AppCommand,
} from '#renderer/ui/commands/command-registry.ts';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { useShortcut } from '#renderer/ui/shortcuts/use-shortcut.ts';
import dialogStyles from '#renderer/ui/dialog.module.css';
import { rankCommands } from './match-command.ts';
import { showOverlay, useOverlay } from './overlay-store.ts';
import styles from './command-palette.module.css';

/** Every action that the app and the screens in view offer, found by typing. */
export function CommandPalette() {
  const open = useOverlay((state) => state.open === 'palette');
  useShortcut('mod+k', () => showOverlay(open ? null : 'palette'), { whileTyping: true });
  return (
    <Dialog.Root open={open} onOpenChange={(next) => showOverlay(next ? 'palette' : null)}>
      <Dialog.Portal>
        <Dialog.Overlay className={dialogStyles['overlay']} />
        <Dialog.Content className={styles['palette']} aria-describedby={undefined}>
          <Dialog.Title className={styles['hidden']}>Commands</Dialog.Title>
          <Palette />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette() {
  const state = useCommandStore();
  const all = useMemo(() => listCommands(state), [state]);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(all[0]?.id ?? '');
  // What is typed ranks across groups, so the headings would only scatter it.
  const groups = typed.trim() === '' ? groupCommands(all) : [['', rankCommands(typed, all)] as const];
  const run = (command: AppCommand): void => {
    showOverlay(null);
    command.run();
  };
  const type = (next: string): void => {
    setTyped(next);
    setAt((next.trim() === '' ? all : rankCommands(next, all))[0]?.id ?? '');
  };
  return (
    <Command label="Commands" loop shouldFilter={false} value={at} onValueChange={setAt}>
      <Command.Input
        className={styles['input']}
        placeholder="What do you want to do?"
        autoFocus
        value={typed}
        onValueChange={type}
      />
      <Command.List className={styles['list']}>
        <Command.Empty className={styles['empty']}>Nothing by that name. Try fewer letters.</Command.Empty>
        {groups.map(([group, commands]) => (
          <Command.Group
            key={group}
            {...(group === '' ? {} : { heading: group })}
            className={styles['group']}
          >
            {commands.map((command) => (
              <Command.Item
                key={command.id}
                value={command.id}
                className={styles['item']}
                onSelect={() => run(command)}
              >
                <span className={styles['icon']}>{command.icon}</span>
                <span className={styles['title']}>{command.title}</span>
                {command.shortcut !== undefined && <Kbd keys={command.shortcut} />}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}
