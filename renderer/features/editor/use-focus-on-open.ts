import { useEffect } from 'react';
import { CANVAS_ID } from './canvas/canvas-id.ts';

/**
 * Brings the keyboard to the canvas when a file is opened, where the canvas is in view and no field is in use. What lies
 * over the window then, such as the dialog that made the file, has to close first.
 */
export function useFocusOnOpen(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = (): void => {
      const { activeElement } = document;
      if (isAbove(activeElement)) return;
      stop();
      if (!isField(activeElement)) document.getElementById(CANVAS_ID)?.focus({ preventScroll: true });
    };
    const takeSoon = (): void => {
      clearTimeout(timer);
      // What closes gives the focus back first.
      timer = setTimeout(take);
    };
    const closed = new MutationObserver(takeSoon);
    const stop = (): void => {
      closed.disconnect();
      clearTimeout(timer);
    };
    closed.observe(document.body, { childList: true });
    takeSoon();
    return stop;
  }, []);
}

/** Dialogs and menus stand beside the window's own contents. */
const isAbove = (element: Element | null): boolean =>
  element !== null &&
  element !== document.body &&
  document.getElementById('root')?.contains(element) !== true;

const isField = (element: Element | null): boolean =>
  element instanceof HTMLElement &&
  (element.isContentEditable || element.matches('input, textarea, select, [role=combobox]'));
