import { isMac } from './platform.ts';
import { matchesShortcut, parseShortcut, type Shortcut } from './shortcut.ts';

interface Binding {
  readonly shortcut: Shortcut;
  readonly run: (event: KeyboardEvent) => void;
  /** Also while the person types in a field; only sensible with `mod`. */
  readonly whileTyping: boolean;
}

const bindings = new Set<Binding>();

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select') !== null)
  );
}

const FLOATING = ['[role=dialog]', '[role=alertdialog]', '[role=menu]', '[role=listbox]']
  .map((role) => `${role}[data-state=open]`)
  .join(', ');

const hasOpenFloat = (): boolean => document.querySelector(FLOATING) !== null;

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const typing = isTyping(event.target);
  const blocked = hasOpenFloat();
  // The binding that came last (the innermost, newest view) wins.
  for (const binding of [...bindings].reverse()) {
    if (!matchesShortcut(binding.shortcut, event, isMac)) continue;
    if ((typing || blocked) && !binding.whileTyping) continue;
    event.preventDefault();
    binding.run(event);
    return;
  }
}

/**
 * Binds keys for as long as the caller keeps it.
 * @returns unbinds
 */
export function bindShortcut(
  keys: string,
  run: (event: KeyboardEvent) => void,
  whileTyping = false,
): () => void {
  const binding: Binding = { shortcut: parseShortcut(keys), run, whileTyping };
  if (bindings.size === 0) window.addEventListener('keydown', onKeyDown);
  bindings.add(binding);
  return () => {
    bindings.delete(binding);
    if (bindings.size === 0) window.removeEventListener('keydown', onKeyDown);
  };
}
