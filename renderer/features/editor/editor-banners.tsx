import { Button } from '#renderer/ui/button.tsx';
import { Callout } from '#renderer/ui/callout.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { showToast } from '#renderer/ui/toast-store.ts';
import { useDocument, usePipelineDocument } from './document/document-context.ts';
import type { DocumentState, PipelineDocument } from './document/document-store.ts';
import type { Against } from './text/diff/other-text.ts';
import { attempt, saveDocument } from './save-document.ts';
import styles from './editor-screen.module.css';

const selectStanding = (state: DocumentState) => ({
  file: state.file,
  disk: state.disk.type,
  restored: state.restored,
  readOnlyReason: state.readOnlyReason,
  draftProblem: state.draftProblem,
});

export interface EditorBannersProps {
  readonly onCompare: (against: Against) => void;
}

/** What stands between the text here and the file on disk, with the ways out; nothing while all is well. */
export function EditorBanners({ onCompare }: EditorBannersProps) {
  const document = usePipelineDocument();
  const { actions } = document;
  const { file, disk, restored, readOnlyReason, draftProblem } = useDocument(selectStanding);
  return (
    <div className={styles['banners']}>
      {disk === 'changed' && <ChangedOnDisk document={document} file={file} onCompare={onCompare} />}
      {disk === 'removed' && (
        <Callout
          kind="warning"
          title={`${file} is gone from the disk`}
          actions={
            <Button size="small" onClick={() => void saveDocument(document, true)}>
              Write it again
            </Button>
          }
        >
          The text is still here.
        </Callout>
      )}
      {restored !== null && (
        <Callout
          title="Changes that were not saved are back"
          actions={
            <Button size="small" onClick={() => void attempt(() => actions.discardDraft())}>
              Discard them
            </Button>
          }
          onDismiss={() => actions.dismissRestored()}
        >
          They were made <RelativeTime at={restored.savedAt} />.
        </Callout>
      )}
      {readOnlyReason !== null && <Callout title="The file cannot be changed">{readOnlyReason}</Callout>}
      {draftProblem !== null && (
        <Callout kind="warning" title="Unsaved changes would not survive a crash">
          {draftProblem}
        </Callout>
      )}
    </div>
  );
}

interface ChangedOnDiskProps extends EditorBannersProps {
  readonly document: PipelineDocument;
  readonly file: string;
}

function ChangedOnDisk({ document, file, onCompare }: ChangedOnDiskProps) {
  const { actions } = document;
  const merge = async (): Promise<void> => {
    const { conflicts } = await actions.merge();
    if (conflicts === 0) showToast({ title: 'Both changes are in the text now', tone: 'succeeded' });
    else showToast({ title: conflictWords(conflicts), body: 'They are listed as issues.', tone: 'warning' });
  };
  return (
    <Callout
      kind="warning"
      title={`${file} was changed on disk`}
      actions={
        <>
          <Button size="small" onClick={() => onCompare('disk')}>
            Compare
          </Button>
          <Button size="small" onClick={() => void attempt(merge)}>
            Merge
          </Button>
          <Button size="small" onClick={() => actions.keepMine()}>
            Keep mine
          </Button>
          <Button size="small" onClick={() => void attempt(() => actions.reload())}>
            Take theirs
          </Button>
        </>
      }
    >
      Your unsaved changes are of the file as it was before. Undo takes a merge, or theirs, back.
    </Callout>
  );
}

const conflictWords = (count: number): string =>
  count === 1 ? 'In one place both changed the same lines' : `In ${count} places both changed the same lines`;
