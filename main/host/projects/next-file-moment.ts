import { watch } from 'node:fs';
import path from 'node:path';
import { waitFor } from '../runs/wait.ts';

/** Editors write a file in several steps. */
const SETTLE_MS = 100;
/** For file systems that tell nothing. */
const POLL_MS = 2_000;

/** Waits until a file may have changed, come or gone; two seconds at the most. Ends early on abort. */
export async function nextFileMoment(absolute: string, signal?: AbortSignal): Promise<void> {
  await waitFor(POLL_MS, signal, (wake) => onChangeOf(absolute, wake));
  await waitFor(SETTLE_MS, signal);
}

/** Watches the folder, because an editor may put a new file in the old one's place. */
function onChangeOf(absolute: string, changed: () => void): () => void {
  try {
    const watcher = watch(path.dirname(absolute), (_type, name) => {
      if (name === null || name === path.basename(absolute)) changed();
    });
    // The folder went away: polling goes on.
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    // No folder, or no watches left: polling finds the change.
    return () => undefined;
  }
}
