import { X } from 'lucide-react';
import type { MouseEvent } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import type { OpenFile } from '../document/create-open-files.ts';
import type { DocumentState, PipelineDocument } from '../document/document-store.ts';
import { tabName } from './tab-name.ts';
import styles from './file-tabs.module.css';

const MIDDLE = 1;
const selectIsDirty = ({ isDirty }: DocumentState) => isDirty;

export interface FileTabProps {
  readonly tab: OpenFile;
  readonly isShown: boolean;
  readonly onClose: () => void;
}

/** One open file: its link, whether it is saved, and the way to close it, also by the middle button and by Delete. */
export function FileTab({ tab, isShown, onClose }: FileTabProps) {
  const { projectId, file, document } = tab;
  const closeByMiddle = (event: MouseEvent): void => {
    if (event.button !== MIDDLE) return;
    // A browser would open the link beside.
    event.preventDefault();
    onClose();
  };
  return (
    <li className={styles['tab']} data-shown={isShown || undefined} onAuxClick={closeByMiddle}>
      <RouteLink
        to={{ screen: 'pipeline', projectId, file }}
        className={styles['link']}
        title={file}
        aria-current={isShown ? 'page' : undefined}
        onMouseDown={(event) => {
          // Else it begins to scroll by itself on some systems.
          if (event.button === MIDDLE) event.preventDefault();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Delete') onClose();
        }}
      >
        <span className={styles['name']}>{tabName(file)}</span>
        {document !== null && <DirtyMark document={document} />}
      </RouteLink>
      <IconButton label={`Close ${tabName(file)}`} size="small" icon={<X size={12} />} onClick={onClose} />
    </li>
  );
}

function DirtyMark({ document }: { readonly document: PipelineDocument }) {
  const isDirty = useStore(document, selectIsDirty);
  return isDirty && <span className={styles['dirty']} role="img" aria-label="Not saved" title="Not saved" />;
}
