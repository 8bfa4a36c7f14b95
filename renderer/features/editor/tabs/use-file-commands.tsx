import { SaveAll, X } from 'lucide-react';
import { useMemo } from 'react';
import type { ProjectId } from '#shared/lib/ids.ts';
import type { Command } from '#renderer/ui/commands/command-registry.ts';
import { useCommands } from '#renderer/ui/commands/use-commands.ts';
import type { FilePlace } from '../document/create-open-files.ts';
import { openFiles } from '../document/open-files.ts';
import { saveDocument } from '../save-document.ts';

export interface FileCommandsProps {
  readonly projectId: ProjectId;
  /** The file in view. */
  readonly file: string;
  readonly onClose: (place: FilePlace) => void;
}

/** What can be done with open files, in the palette and on keys. `onClose` must stay the same. */
export function useFileCommands({ projectId, file, onClose }: FileCommandsProps): void {
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'files.save-all',
        title: 'Save all files',
        group: 'Pipeline',
        icon: <SaveAll size={16} />,
        shortcut: 'mod+shift+s',
        run: () => void saveAll(),
      },
      {
        id: 'files.close',
        title: 'Close this file',
        group: 'Pipeline',
        icon: <X size={16} />,
        keywords: ['tab'],
        run: () => onClose({ projectId, file }),
      },
    ],
    [projectId, file, onClose],
  );
  useCommands(commands);
}

/** Those that cannot be written are told of one by one. */
async function saveAll(): Promise<void> {
  for (const { document } of openFiles.getState().files) {
    if (document !== null) await saveDocument(document);
  }
}
