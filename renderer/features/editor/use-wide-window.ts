import { useSyncExternalStore } from 'react';

/** Pixels from which on palette, canvas, text and settings stand beside each other with room for all. */
const WIDE = '(min-width: 1600px)';

function subscribe(onChange: () => void): () => void {
  const query = window.matchMedia(WIDE);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}

/** Whether the window has room for everything that the editor has. */
export const useWideWindow = (): boolean =>
  useSyncExternalStore(subscribe, () => window.matchMedia(WIDE).matches);
