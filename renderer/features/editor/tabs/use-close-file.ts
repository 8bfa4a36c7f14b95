import { useCallback, useState } from 'react';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { isSameFile, neighbourOf, type FilePlace, type OpenFile } from '../document/create-open-files.ts';
import { openFiles } from '../document/open-files.ts';
import { attempt, saveDocument } from '../save-document.ts';

export interface CloseFile {
  /** The file whose changes somebody must decide about; null while there is none. */
  readonly asked: OpenFile | null;
  /** Closes a file, or asks first when something in it is not saved. */
  readonly close: (place: FilePlace) => void;
  readonly cancel: () => void;
  readonly discard: () => void;
  /** Saves and closes; a file that cannot be saved stays, and is shown. */
  readonly save: () => void;
}

/** Closing tabs. @param shown the file in view: when it goes, its neighbour is shown, or the project when it was the last */
export function useCloseFile(shown: FilePlace): CloseFile {
  const [asked, setAsked] = useState<OpenFile | null>(null);
  const { projectId, file } = shown;

  const closeNow = useCallback(
    (place: FilePlace, isDiscarded: boolean) => {
      setAsked(null);
      if (isSameFile(place, { projectId, file })) {
        const tabs = openFiles.getState().files.filter((tab) => tab.projectId === projectId);
        const next = neighbourOf(tabs, place);
        navigate(
          next === null
            ? { screen: 'project', projectId }
            : { screen: 'pipeline', projectId, file: next.file },
        );
      }
      void attempt(() => openFiles.close(place, isDiscarded));
    },
    [projectId, file],
  );
  const close = useCallback(
    (place: FilePlace) => {
      const tab = openFiles.getState().files.find((each) => isSameFile(each, place));
      if (tab?.document?.getState().isDirty === true) setAsked(tab);
      else closeNow(place, false);
    },
    [closeNow],
  );

  const save = async (tab: OpenFile): Promise<void> => {
    setAsked(null);
    if (tab.document === null || (await saveDocument(tab.document))) closeNow(tab, false);
    else navigate({ screen: 'pipeline', projectId: tab.projectId, file: tab.file });
  };
  return {
    asked,
    close,
    cancel: () => setAsked(null),
    discard: () => asked !== null && closeNow(asked, true),
    save: () => asked !== null && void save(asked),
  };
}
