import { describe, expect, it } from 'vitest';
import { formatShortcut, matchesShortcut, parseShortcut, type KeyPress } from './shortcut.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('parseShortcut', () => {
  it('reads modifiers in any order and case', () => {
    expect(parseShortcut('Shift+Mod+K')).toEqual({ key: 'k', mod: true, shift: true, alt: false });
  });

  it('reads a bare symbol and the plus key by its name', () => {
    expect(parseShortcut('.').key).toBe('.');
    expect(parseShortcut('mod+plus')).toEqual({ key: '+', mod: true, shift: false, alt: false });
  });

  it.each(['', 'mod+', 'hyper+k'])('refuses %j', (text) => {
    expect(() => parseShortcut(text)).toThrow(/shortcut/);
  });
});

describe('matchesShortcut', () => {
  it('takes Ctrl for mod, and Cmd on a Mac', () => {
    const shortcut = parseShortcut('mod+k');
    expect(matchesShortcut(shortcut, press('k', { ctrlKey: true }), false)).toBe(true);
    expect(matchesShortcut(shortcut, press('k', { metaKey: true }), true)).toBe(true);
    expect(matchesShortcut(shortcut, press('k', { metaKey: true }), false)).toBe(false);
  });

  it('does not fire when more is held than asked for', () => {
    const shortcut = parseShortcut('r');
    expect(matchesShortcut(shortcut, press('r'), false)).toBe(true);
    expect(matchesShortcut(shortcut, press('r', { ctrlKey: true }), false)).toBe(false);
    expect(matchesShortcut(shortcut, press('R', { shiftKey: true }), false)).toBe(false);
  });

  it('knows a symbol whether or not this keyboard needs Shift for it', () => {
    const shortcut = parseShortcut('?');
    expect(matchesShortcut(shortcut, press('?', { shiftKey: true }), false)).toBe(true);
    expect(matchesShortcut(shortcut, press('?'), false)).toBe(true);
  });
});

describe('formatShortcut', () => {
  it('prints the keys of the platform', () => {
    expect(formatShortcut('mod+shift+k', false)).toEqual(['Ctrl', 'Shift', 'K']);
    expect(formatShortcut('mod+shift+k', true)).toEqual(['⌘', '⇧', 'K']);
    expect(formatShortcut('escape', false)).toEqual(['Esc']);
  });
});
