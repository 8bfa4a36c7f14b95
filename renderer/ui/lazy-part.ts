import { createElement, lazy, useState, type FunctionComponent, type ReactNode } from 'react';

/** Of the parts known so far; null once the window was idle. */
let waiting: (() => Promise<unknown>)[] | null = [];

/** What fails now is fetched again when it is shown, and fails there where it can be seen. */
const loadAhead = (load: () => Promise<unknown>): void => void load().catch(() => undefined);

/**
 * A component whose code comes when it is first shown, or before that when the window is idle. Code that is there is
 * shown at once: React's `lazy` would wait for it once more, and keeps what stands in its place for 300 ms.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): (props: Props) => ReactNode {
  let loaded: FunctionComponent<Props> | null = null;
  const loadAndKeep = async (): Promise<FunctionComponent<Props>> => (loaded = await load());
  // A part of a part comes with it.
  if (waiting === null) loadAhead(loadAndKeep);
  else waiting.push(loadAndKeep);
  const later = lazy(async () => ({ default: await loadAndKeep() }));
  return function LazyPart(props) {
    // For as long as it is shown the same one: another would begin anew.
    const [part] = useState<FunctionComponent<Props>>(() => loaded ?? (later as FunctionComponent<Props>));
    return createElement(part, props);
  };
}

/** Fetches the code of all parts once the window has nothing else to do, so that later none waits, also when the host is gone. */
export function loadPartsWhenIdle(): void {
  requestIdleCallback(() => {
    const loads = waiting ?? [];
    waiting = null;
    loads.forEach(loadAhead);
  });
}
