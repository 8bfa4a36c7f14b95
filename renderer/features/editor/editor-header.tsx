import { redoDepth, undoDepth } from '@codemirror/commands';
import { Columns2, FileCode, GitCompare, Redo2, Save, Undo2, Workflow } from 'lucide-react';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { useDocument, usePipelineDocument } from './document/document-context.ts';
import type { DocumentState } from './document/document-store.ts';
import { RunButton, SimulateButton } from './pipeline-header.tsx';
import { ProblemCounts } from './explain/problem-counts.tsx';
import { COMPARISONS } from './compare/comparisons.ts';
import { saveDocument } from './save-document.ts';
import { REDO_KEYS } from './use-document-commands.tsx';
import type { EditorLook } from './use-editor-look.ts';
import styles from './editor-screen.module.css';

const MODES = [
  { value: 'canvas', label: 'Canvas', icon: <Workflow size={12} /> },
  { value: 'split', label: 'Split', icon: <Columns2 size={12} /> },
  { value: 'text', label: 'Text', icon: <FileCode size={12} /> },
] as const;

const selectHeader = ({ file, isDirty, isSaving, isReadOnly, editor, analysis, broken }: DocumentState) => ({
  file,
  name: analysis?.name ?? null,
  runnable: broken === null && (analysis?.runnable ?? false),
  isDirty,
  isSaving,
  isReadOnly,
  canUndo: undoDepth(editor) > 0,
  canRedo: redoDepth(editor) > 0,
});

export interface EditorHeaderProps {
  readonly look: EditorLook;
  readonly onRun: (withOptions: boolean) => void;
}

/** The file, how it stands to the disk and to Git, and what can be done with it as a whole. */
export function EditorHeader({ look, onRun }: EditorHeaderProps) {
  const document = usePipelineDocument();
  const header = useDocument(selectHeader);
  const { file, isDirty, isSaving, isReadOnly, canUndo, canRedo, runnable } = header;
  return (
    <PageHeader
      title={header.name ?? file}
      facts={
        <>
          <span className={styles['saved']}>{savedWords(isDirty, isSaving)}</span>
          <ProblemCounts />
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
            <DropdownMenu
              trigger={<IconButton label="Compare with…" icon={<GitCompare size={14} />} />}
              entries={COMPARISONS.map(({ label, against }) => ({
                label,
                onSelect: () => look.compare(against),
              }))}
            />
          </div>
          <SegmentedControl label="View" options={MODES} value={look.mode} onValueChange={look.changeMode} />
          <SimulateButton enabled={runnable} isOn={look.isSimulating} onToggle={look.toggleSimulation} />
          <RunButton enabled={runnable} onRun={onRun} />
        </>
      }
    />
  );
}

function savedWords(isDirty: boolean, isSaving: boolean): string {
  if (isSaving) return 'Saving…';
  return isDirty ? 'Not saved' : 'Saved';
}
