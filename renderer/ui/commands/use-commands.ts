import { useEffect, useState } from 'react';
import { bindShortcut } from '../shortcuts/shortcut-registry.ts';
import { offerCommands, type Command } from './command-registry.ts';

/**
 * Offers commands while this component is mounted and binds their shortcuts (`mod` chords also while typing).
 * Memoise the list (`useMemo`): a new list registers anew.
 */
export function useCommands(commands: readonly Command[]): void {
  const [owner] = useState(() => Symbol('commands'));
  useEffect(() => {
    offerCommands(owner, commands);
    const unbind = commands.flatMap(({ shortcut, run }) =>
      shortcut === undefined ? [] : [bindShortcut(shortcut, run, shortcut.includes('mod+'))],
    );
    return () => {
      for (const release of unbind) release();
    };
  }, [owner, commands]);
  useEffect(() => () => offerCommands(owner, []), [owner]);
}
