import { lazy, type FunctionComponent } from 'react';

const loads: (() => Promise<unknown>)[] = [];

/** A component whose code comes when it is first shown, or before that when the window is idle. */
export function lazyPart<Props extends object>(load: () => Promise<FunctionComponent<Props>>) {
  loads.push(load);
  return lazy(async () => ({ default: await load() }));
}

/** Fetches the code of all parts once the window has nothing else to do, so that later none waits, also when the host is gone. */
export function loadPartsWhenIdle(): void {
  requestIdleCallback(() => {
    // What fails now is fetched again when it is shown, and fails there where it can be seen.
    void Promise.allSettled(loads.map((load) => load()));
  });
}
