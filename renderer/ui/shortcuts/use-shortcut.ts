import { useEffect, useEffectEvent } from 'react';
import { bindShortcut } from './shortcut-registry.ts';

export interface ShortcutOptions {
  /** Default true. */
  readonly enabled?: boolean;
  /** Also inside text fields and open dialogs; only for chords with `mod`. */
  readonly whileTyping?: boolean;
}

/**
 * Runs `action` when the keys are pressed while this component is mounted: not while typing, not behind a dialog or menu.
 * The component that mounted last wins. For an action that people should find, use `useCommands` instead: it also binds.
 */
export function useShortcut(
  keys: string,
  action: (event: KeyboardEvent) => void,
  { enabled = true, whileTyping = false }: ShortcutOptions = {},
): void {
  const latest = useEffectEvent(action);
  useEffect(() => {
    if (!enabled) return undefined;
    return bindShortcut(keys, (event) => latest(event), whileTyping);
  }, [keys, enabled, whileTyping]);
}
