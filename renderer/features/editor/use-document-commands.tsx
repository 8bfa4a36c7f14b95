import { Redo2, Save, Undo2 } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { offerCommands, type Command } from '#renderer/ui/commands/command-registry.ts';
import { useCommands } from '#renderer/ui/commands/use-commands.ts';
import { isMac } from '#renderer/ui/shortcuts/platform.ts';
import { bindShortcut } from '#renderer/ui/shortcuts/shortcut-registry.ts';
import type { PipelineDocument } from './document/document-store.ts';
import { saveDocument } from './save-document.ts';

export const REDO_KEYS = isMac ? 'mod+shift+z' : 'mod+y';

/** Saving and the history of a document, in the palette and on keys. It looks around anew when the window gets the focus. */
export function useDocumentCommands(document: PipelineDocument): void {
  useEffect(() => {
    // A commit or an included file may have been made in another program.
    const refresh = (): void => void document.actions.refresh();
    window.addEventListener('focus', refresh);
    return () => window.removeEventListener('focus', refresh);
  }, [document]);
  const save = useMemo<readonly Command[]>(
    () => [
      {
        id: 'document.save',
        title: 'Save the file',
        group: 'Pipeline',
        icon: <Save size={16} />,
        shortcut: 'mod+s',
        run: () => void saveDocument(document),
      },
    ],
    [document],
  );
  useCommands(save);
  const [owner] = useState(() => Symbol('history'));
  useEffect(() => {
    const list = historyCommands(document);
    offerCommands(owner, list);
    // Fields keep their own undo: these are bound for what is no field.
    const unbind = list.map(({ shortcut, run }) => bindShortcut(shortcut, run));
    return () => {
      offerCommands(owner, []);
      for (const release of unbind) release();
    };
  }, [owner, document]);
}

const historyCommands = ({
  actions,
}: PipelineDocument): readonly (Command & { readonly shortcut: string })[] => [
  {
    id: 'document.undo',
    title: 'Undo the last change',
    group: 'Pipeline',
    icon: <Undo2 size={16} />,
    shortcut: 'mod+z',
    run: () => actions.undo(),
  },
  {
    id: 'document.redo',
    title: 'Redo what was undone',
    group: 'Pipeline',
    icon: <Redo2 size={16} />,
    shortcut: REDO_KEYS,
    run: () => actions.redo(),
  },
];
