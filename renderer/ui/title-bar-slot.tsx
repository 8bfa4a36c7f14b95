import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { create } from 'zustand';

/** The element that the frame keeps in its title bar for the screen in view. */
export const useTitleBarSlot = create<{ readonly element: HTMLElement | null }>()(() => ({ element: null }));

/** Puts a screen's place (project, branch, pipeline) into the title bar while the screen is mounted. One at a time. */
export function TitleBarContent({ children }: { readonly children: ReactNode }) {
  const element = useTitleBarSlot((state) => state.element);
  return element === null ? null : createPortal(children, element);
}
