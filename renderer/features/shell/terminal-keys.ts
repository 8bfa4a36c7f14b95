/** What a key does instead of going to the shell. */
export type TerminalKey = 'copy' | 'paste' | 'leave';

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey' | 'type'>;

/**
 * Ctrl+Shift+C and V, as in other terminals; Ctrl+C alone copies what is selected, and else interrupts. Shift+Escape leaves the
 * terminal, which takes Tab and all else. On a Mac, Cmd+C and Cmd+V are the browser's own.
 */
export function terminalKey(press: Press, hasSelection: boolean, isMac: boolean): TerminalKey | null {
  const { key, ctrlKey, shiftKey, altKey, metaKey, type } = press;
  if (type !== 'keydown' || altKey || metaKey) return null;
  if (key === 'Escape') return shiftKey && !ctrlKey ? 'leave' : null;
  if (!ctrlKey || isMac) return null;
  if (key.toLowerCase() === 'c') return shiftKey || hasSelection ? 'copy' : null;
  return key.toLowerCase() === 'v' && shiftKey ? 'paste' : null;
}
