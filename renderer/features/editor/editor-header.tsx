import { redoDepth, undoDepth } from '@codemirror/commands';
import { Columns2, FileCode, GitBranch, Redo2, Save, Undo2, Workflow } from 'lucide-react';
import type { PipelineView } from '#shared/api/schemas.ts';
import type { GitFile } from '#shared/api/source-schemas.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { useDocument, usePipelineDocument } from './document/document-context.ts';
import type { DocumentState } from './document/document-store.ts';
import { IssueCounts, RunButton, SimulateButton } from './pipeline-header.tsx';
import { saveDocument } from './save-document.ts';
import { REDO_KEYS } from './use-document-commands.tsx';
import type { ViewMode } from './view-mode.ts';
import styles from './editor-screen.module.css';

const MODES = [
  { value: 'canvas', label: 'Canvas', icon: <Workflow size={12} /> },
  { value: 'split', label: 'Split', icon: <Columns2 size={12} /> },
  { value: 'text', label: 'Text', icon: <FileCode size={12} /> },
] as const;

const GIT_WORDS: Partial<Record<GitFile['status'], string>> = {
  modified: 'differs from the last commit',
  added: 'new, not committed yet',
  untracked: 'not in Git yet',
  ignored: 'ignored by Git',
  conflict: 'in a merge conflict',
};

const selectHeader = ({ file, isDirty, isSaving, isReadOnly, git, editor }: DocumentState) => ({
  file,
  isDirty,
  isSaving,
  isReadOnly,
  git,
  canUndo: undoDepth(editor) > 0,
  canRedo: redoDepth(editor) > 0,
});

export interface EditorHeaderProps {
  readonly view: PipelineView | null;
  readonly mode: ViewMode;
  readonly onChangeMode: (mode: ViewMode) => void;
  readonly isSimulating: boolean;
  readonly onSimulate: () => void;
  readonly onRun: (withOptions: boolean) => void;
}

/** The file, how it stands to the disk and to Git, and what can be done with it as a whole. */
export function EditorHeader({
  view,
  mode,
  onChangeMode,
  isSimulating,
  onSimulate,
  onRun,
}: EditorHeaderProps) {
  const document = usePipelineDocument();
  const { file, isDirty, isSaving, isReadOnly, git, canUndo, canRedo } = useDocument(selectHeader);
  const runnable = view?.runnable ?? false;
  return (
    <PageHeader
      title={view?.name ?? file}
      facts={
        <>
          <code>{file}</code>
          {isDirty && (
            <span className={styles['dirty']} role="img" aria-label="Not saved" title="Not saved" />
          )}
          {git !== null && <GitFacts git={git} />}
          <IssueCounts issues={view?.issues ?? []} />
        </>
      }
      actions={
        <>
          <div className={styles['history']}>
            <IconButton
              label="Undo"
              shortcut="mod+z"
              icon={<Undo2 size={14} />}
              disabled={!canUndo || isReadOnly}
              onClick={() => document.actions.undo()}
            />
            <IconButton
              label="Redo"
              shortcut={REDO_KEYS}
              icon={<Redo2 size={14} />}
              disabled={!canRedo || isReadOnly}
              onClick={() => document.actions.redo()}
            />
            <IconButton
              label="Save"
              shortcut="mod+s"
              icon={<Save size={14} />}
              disabled={!isDirty || isReadOnly}
              busy={isSaving}
              onClick={() => void saveDocument(document)}
            />
          </div>
          <SegmentedControl label="View" options={MODES} value={mode} onValueChange={onChangeMode} />
          <SimulateButton enabled={runnable} isOn={isSimulating} onToggle={onSimulate} />
          <RunButton enabled={runnable} onRun={onRun} />
        </>
      }
    />
  );
}

function GitFacts({ git: { branch, status } }: { readonly git: GitFile }) {
  const words = GIT_WORDS[status];
  return (
    <>
      {branch !== null && (
        <span className={styles['branch']}>
          <GitBranch size={12} aria-label="Branch" />
          {branch}
        </span>
      )}
      {words !== undefined && <Badge>{words}</Badge>}
    </>
  );
}
