import { create } from 'zustand';
import { withRecent } from './search-palette.ts';

const STORAGE_KEY = 'pipewright.editor.recent-stages';

function remembered(): readonly string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** The ids of the palette's items that were used last, newest first; remembered in this window's storage. */
export const useRecentItems = create<{ readonly ids: readonly string[] }>()(() => ({ ids: remembered() }));

export function rememberItem(id: string): void {
  const ids = withRecent(useRecentItems.getState().ids, id);
  useRecentItems.setState({ ids });
  localStorage.setItem(STORAGE_KEY, JSON.stringify(ids));
}
