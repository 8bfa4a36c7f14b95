import { CornerLeftUp, Folder, FolderOpen, Workflow } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { moveCursor } from '#renderer/ui/list-cursor.ts';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { addProject, useFolderChooser } from './open-folder.ts';
import { folderName } from './typed-path.ts';
import { useFolderListing } from './use-folder-listing.ts';
import styles from './folder-chooser.module.css';

const PAGE = 8;
const close = (): void => useFolderChooser.setState({ open: false });

/** Chooses a folder of the machine that Pipewright runs on, where there is no native dialog. Mounted once; `openFolder` opens it. */
export function FolderChooser() {
  const open = useFolderChooser((state) => state.open);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => useFolderChooser.setState({ open: next })}
      title="Open a folder"
      description="Type a path, or walk with the arrow keys: Enter goes in."
      width={600}
    >
      <Chooser />
    </Dialog>
  );
}

function Chooser() {
  const bridge = useBridge();
  const listId = useId();
  const list = useRef<HTMLUListElement>(null);
  const folder = useFolderListing();
  const [opening, setOpening] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { entries, cursor, chosen, parent, failure } = folder;

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [cursor]);

  const open = async (dir: string | null): Promise<void> => {
    if (dir === null || opening) return;
    setOpening(true);
    const problem = await addProject(bridge, dir, useFolderChooser.getState().onOpened);
    setOpening(false);
    if (problem === null) close();
    else setRefusal([problem.message, problem.hint].filter(Boolean).join(' '));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const entry = entries[cursor] ?? (entries.length === 1 ? entries[0] : undefined);
    if (event.key === 'Enter') {
      if ((event.ctrlKey || event.metaKey) && chosen !== null) void open(chosen);
      else if (entry !== undefined) folder.enter(entry.dir);
      else void open(chosen);
    } else if (event.key === 'ArrowUp' && event.altKey && parent !== null) folder.enter(parent);
    else if (event.key.startsWith('Arrow') || event.key.startsWith('Page')) {
      const next = moveCursor(event.key, cursor, entries.length, PAGE);
      if (next === null) return;
      folder.setCursor(next);
    } else return;
    event.preventDefault();
  };

  return (
    <>
      <div className={styles['path']}>
        <IconButton
          label="Parent folder"
          shortcut="alt+arrowup"
          variant="secondary"
          icon={<CornerLeftUp size={14} />}
          disabled={parent === null}
          onClick={() => parent !== null && folder.enter(parent)}
        />
        <TextField
          label="Folder"
          hideLabel
          mono
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={cursor === -1 ? undefined : `${listId}-${cursor}`}
          value={folder.text}
          onValueChange={(text) => {
            setRefusal(null);
            folder.type(text);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul id={listId} ref={list} role="listbox" aria-label="Folders" className={styles['list']}>
        {folder.isLoading && <SkeletonRows count={6} />}
        {failure !== null && (
          <li className={styles['problem']}>
            {failure.message} {failure.hint}
          </li>
        )}
        {!folder.isLoading && failure === null && entries.length === 0 && (
          <li className={styles['note']}>No folders here.</li>
        )}
        {entries.map((entry, index) => (
          <li
            key={entry.dir}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === cursor}
            className={styles['entry']}
            onClick={() => folder.setCursor(index)}
            onDoubleClick={() => folder.enter(entry.dir)}
          >
            {index === cursor ? <FolderOpen size={14} /> : <Folder size={14} />}
            <span className={styles['name']}>{entry.name}</span>
            {entry.hasPipeline && (
              <Badge tone="accent" icon={<Workflow size={12} />}>
                pipeline
              </Badge>
            )}
          </li>
        ))}
      </ul>
      <footer className={styles['footer']}>
        <span className={styles['refusal']} role="alert">
          {refusal}
        </span>
        <Button onClick={close}>Cancel</Button>
        <Button variant="primary" busy={opening} disabled={chosen === null} onClick={() => void open(chosen)}>
          {chosen === null ? 'Open' : `Open ${folderName(chosen)}`}
        </Button>
      </footer>
    </>
  );
}
