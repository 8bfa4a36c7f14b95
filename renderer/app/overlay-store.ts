import { create } from 'zustand';

/** What lies over the screen, of the app's own overlays. */
export const useOverlay = create<{ readonly open: 'palette' | 'keys' | null }>()(() => ({ open: null }));

/** Opens one overlay in place of another, or closes with null. */
export const showOverlay = (open: 'palette' | 'keys' | null): void => useOverlay.setState({ open });
