import { FilePlus, FileText, Plus } from 'lucide-react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import type { MenuEntry } from '#renderer/ui/menu-entry.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import type { FilePlace } from '../document/create-open-files.ts';
import { useTabs } from '../document/open-files.ts';
import { openNewPipeline } from '../templates/new-pipeline.ts';
import { CloseFileDialog } from './close-file-dialog.tsx';
import { FileTab } from './file-tab.tsx';
import { GitFacts } from './git-facts.tsx';
import { tabName } from './tab-name.ts';
import { useCloseFile } from './use-close-file.ts';
import { useFileCommands } from './use-file-commands.tsx';
import styles from './file-tabs.module.css';

export interface FileTabsProps {
  /** The file in view. */
  readonly shown: FilePlace;
}

/** The open files of the project, the way to its others, and how the one in view stands in Git. */
export function FileTabs({ shown }: FileTabsProps) {
  const { projectId, file } = shown;
  const tabs = useTabs(projectId);
  const closing = useCloseFile(shown);
  const others = useOtherFiles(shown);
  useFileCommands({ projectId, file, onClose: closing.close });
  const document = tabs.find((tab) => tab.file === file)?.document ?? null;
  const entries: readonly MenuEntry[] = [
    ...others.map((other): MenuEntry => ({
      label: tabName(other),
      icon: <FileText size={14} />,
      onSelect: () => navigate({ screen: 'pipeline', projectId, file: other }),
    })),
    ...(others.length > 0 ? [{ type: 'separator' } as const] : []),
    { label: 'New pipeline…', icon: <FilePlus size={14} />, onSelect: () => openNewPipeline(projectId) },
  ];
  return (
    <nav className={styles['strip']} aria-label="Open files">
      <ul className={styles['list']}>
        {tabs.map((tab) => (
          <FileTab key={tab.file} tab={tab} isShown={tab.file === file} onClose={() => closing.close(tab)} />
        ))}
      </ul>
      <DropdownMenu
        trigger={<IconButton label="Open another pipeline" size="small" icon={<Plus size={14} />} />}
        entries={entries}
      />
      <span className={styles['space']} />
      {document !== null && <GitFacts document={document} />}
      <CloseFileDialog
        file={closing.asked && tabName(closing.asked.file)}
        onCancel={closing.cancel}
        onDiscard={closing.discard}
        onSave={closing.save}
      />
    </nav>
  );
}

/** The pipelines of the project that are not in view. */
function useOtherFiles({ projectId, file }: FilePlace): readonly string[] {
  const { client } = useBridge();
  const listed = useRemote(['pipelines', projectId], (signal) =>
    client.project.pipelines({ projectId }, { signal }),
  );
  if (listed.status !== 'ready') return [];
  return listed.value.map((each) => each.file).filter((each) => each !== file);
}
