/** A key with its modifiers; `mod` is Cmd on a Mac and Ctrl elsewhere. */
export interface Shortcut {
  /** `KeyboardEvent.key`, lower case: `k`, `.`, `?`, `enter`, `arrowdown`. */
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** What of a `KeyboardEvent` decides. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/**
 * Reads `mod+k`, `shift+enter`, `?`, `.`; the key stands last, `+` itself is written `plus`.
 * @throws when a modifier is unknown or no key is there: a mistake in our own code
 */
export function parseShortcut(text: string): Shortcut {
  const parts = text.toLowerCase().split('+');
  const last = parts.pop();
  if (last === undefined || last === '') throw new Error(`The shortcut "${text}" names no key`);
  for (const part of parts) {
    if (!['mod', 'shift', 'alt'].includes(part)) {
      throw new Error(`The shortcut "${text}" has an unknown modifier "${part}"`);
    }
  }
  return {
    key: last === 'plus' ? '+' : last === 'space' ? ' ' : last,
    mod: parts.includes('mod'),
    shift: parts.includes('shift'),
    alt: parts.includes('alt'),
  };
}

/** A character that Shift makes on some keyboards (`?`, `+`) counts by what it is, whatever made it. */
const isSymbol = (key: string): boolean => key.length === 1 && !/[a-z0-9 ]/.test(key);

/** Whether a key press is this shortcut; no more modifiers than asked for may be down. */
export function matchesShortcut(shortcut: Shortcut, press: KeyPress, mac: boolean): boolean {
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (press.key.toLowerCase() !== shortcut.key || mod !== shortcut.mod || other) return false;
  if (press.altKey !== shortcut.alt) return false;
  return press.shiftKey === shortcut.shift || (isSymbol(shortcut.key) && !shortcut.shift);
}

const MAC_NAMES: Partial<Record<string, string>> = {
  mod: '⌘',
  shift: '⇧',
  alt: '⌥',
  enter: '↩',
  backspace: '⌫',
};
const NAMES: Partial<Record<string, string>> = {
  mod: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  enter: 'Enter',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  backspace: 'Backspace',
  delete: 'Del',
  ' ': 'Space',
};

/** The keys of a shortcut as they are printed on this platform's keyboard. */
export function formatShortcut(text: string, mac: boolean): string[] {
  const { key, mod, shift, alt } = parseShortcut(text);
  const names = [...(mod ? ['mod'] : []), ...(alt ? ['alt'] : []), ...(shift ? ['shift'] : []), key];
  return names.map((name) => (mac ? MAC_NAMES[name] : undefined) ?? NAMES[name] ?? name.toUpperCase());
}
