import { useMemo, useSyncExternalStore } from 'react';
import { formatRoute, parseRoute, type Route } from './route.ts';

/** Goes somewhere; Back returns. */
export function navigate(route: Route): void {
  location.hash = formatRoute(route);
}

/** Changes the address of where one is (a tab, a selection) without a step for Back. */
export function replaceRoute(route: Route): void {
  history.replaceState(history.state, '', formatRoute(route));
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

/** Where the window is; renders again when that changes. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
}
