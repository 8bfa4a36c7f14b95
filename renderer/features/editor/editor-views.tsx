import { FileWarning } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { Callout } from '#renderer/ui/callout.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import { EditorCanvas } from './canvas/editor-canvas.tsx';
import { useDocument } from './document/document-context.ts';
import type { DocumentState } from './document/document-store.ts';
import { TextView } from './text/text-view.tsx';
import type { ViewMode } from './view-mode.ts';
import styles from './editor-screen.module.css';

const PANES: Record<ViewMode, readonly string[]> = {
  canvas: ['editor-canvas'],
  split: ['editor-canvas', 'editor-text'],
  text: ['editor-text'],
};

const selectIsUnread = ({ analysis, broken }: DocumentState) => analysis === null && broken !== null;
const selectIsStale = ({ analysis, broken }: DocumentState) => analysis !== null && broken !== null;

export interface EditorViewsProps {
  readonly mode: ViewMode;
  readonly onShowText: () => void;
  readonly onOpenForm: () => void;
}

/** The document on the canvas, as text, or both side by side. */
export function EditorViews({ mode, onShowText, onOpenForm }: EditorViewsProps) {
  const isUnread = useDocument(selectIsUnread);
  const isStale = useDocument(selectIsStale);
  return (
    <Panes id="editor-views" panelIds={PANES[mode]}>
      {mode !== 'text' && (
        <Pane id="editor-canvas" still minSize={240}>
          {isUnread ? (
            <Unreadable onShowText={onShowText} />
          ) : (
            <div className={styles['drawn']}>
              <EditorCanvas onOpenForm={onOpenForm} />
              {isStale && <Stale />}
            </div>
          )}
        </Pane>
      )}
      {mode === 'split' && <PaneHandle label="Resize canvas and text" />}
      {mode !== 'canvas' && (
        <Pane id="editor-text" still minSize={240}>
          <TextView />
        </Pane>
      )}
    </Panes>
  );
}

function Stale() {
  return (
    <div className={styles['stale']}>
      <Callout kind="warning" title="The text cannot be read at the moment">
        The canvas shows what it was before.
      </Callout>
    </div>
  );
}

function Unreadable({ onShowText }: { readonly onShowText: () => void }) {
  return (
    <EmptyState
      icon={<FileWarning size={20} />}
      title="There are no stages to draw"
      actions={<Button onClick={onShowText}>Show the text</Button>}
    >
      The file cannot be read: the issue below says where.
    </EmptyState>
  );
}
