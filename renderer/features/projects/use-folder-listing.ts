import { useState } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { matchingEntries, splitTypedPath, withSeparator } from './typed-path.ts';

/** The state of the chooser: a typed path, what is in its folder, and which entry the cursor is on. */
export function useFolderListing() {
  const { client } = useBridge();
  const [text, setText] = useState<string | null>(null);
  const [cursor, setCursor] = useState(-1);
  const typed = splitTypedPath(text ?? '');
  const remote = useRemote(['folders', typed.dir], (signal) =>
    client.folder.list(typed.dir === '' ? {} : { dir: typed.dir }, { signal }),
  );
  const listing = remote.status === 'ready' ? remote.value : null;
  const entries = listing === null ? [] : matchingEntries(listing.entries, typed.begun);
  const entry = entries[cursor];
  // What "Open" means: the entry under the cursor, an entry typed in full, or the folder itself.
  const exact = entries.find(({ name }) => name === typed.begun);
  const chosen = entry?.dir ?? exact?.dir ?? (typed.begun === '' ? (listing?.dir ?? null) : null);
  const shown = text ?? (listing === null ? '' : withSeparator(listing.dir));
  const type = (next: string): void => {
    setText(next);
    setCursor(-1);
  };
  return {
    text: shown,
    type,
    enter: (dir: string) => type(withSeparator(dir)),
    parent: listing?.parent ?? null,
    entries,
    cursor,
    setCursor,
    /** The folder that would be opened now; null when what is typed names none. */
    chosen,
    isLoading: remote.status === 'loading',
    failure: remote.status === 'failed' ? remote.failure : null,
  };
}
