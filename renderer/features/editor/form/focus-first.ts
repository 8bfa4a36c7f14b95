/** Gives the focus to the first control in a part of a form, and selects what it proposes; menus beside labels come last. */
export function focusFirst(part: HTMLElement | null): void {
  const control = part?.querySelector<HTMLElement>('input, textarea, [role="combobox"], [role="switch"]');
  (control ?? part?.querySelector('button'))?.focus();
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) control.select();
}
