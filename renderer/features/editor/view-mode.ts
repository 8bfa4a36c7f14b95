import { create } from 'zustand';

/** What stands in the middle of the editor. */
export type ViewMode = 'canvas' | 'split' | 'text';

const NEXT: Record<ViewMode, ViewMode> = { canvas: 'split', split: 'text', text: 'canvas' };

const useModes = create<Readonly<Record<string, ViewMode>>>()(() => ({}));

/** How a file was last looked at since the window opened. @param key names the file */
export const useViewMode = (key: string): ViewMode => useModes((modes) => modes[key] ?? 'canvas');

export function setViewMode(key: string, mode: ViewMode): void {
  useModes.setState({ [key]: mode });
}

export function showNextViewMode(key: string): void {
  setViewMode(key, NEXT[useModes.getState()[key] ?? 'canvas']);
}
