import { ReactFlowProvider } from '@xyflow/react';
import { Workflow } from 'lucide-react';
import { useCallback, useId, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { ContextMenu } from '#renderer/ui/context-menu.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Spinner } from '#renderer/ui/spinner.tsx';
import { useDocument, usePipelineDocument } from '../document/document-context.ts';
import type { DocumentState } from '../document/document-store.ts';
import { AddPopover } from './add-popover.tsx';
import { useBreakpointPlace } from './breakpoint-place.ts';
import { clipboardHandlers, pressKey } from './canvas-keys.ts';
import { CANVAS_ID } from './canvas-id.ts';
import { CanvasMap } from './canvas-map.tsx';
import { createCanvasCommands } from './canvas-commands.ts';
import { CommandsContext, useCanvasCommands } from './canvas-commands-context.ts';
import { menuEntries, type MenuTarget } from './canvas-menu.ts';
import { CanvasNotice } from './canvas-notice.tsx';
import { CanvasContext, createCanvasStore, useCanvasStore } from './canvas-store.ts';
import { CanvasSurface } from './canvas-surface.tsx';
import { CanvasToolbar, ScopePath, ZoomButtons } from './canvas-toolbar.tsx';
import { cardId } from './card-words.ts';
import { ExtractDialog } from './extract-dialog.tsx';
import { FindStage } from './find-stage.tsx';
import { useScene, type SceneStatus } from './layout/use-scene.ts';
import { usePaletteItems } from './palette/use-palette-items.ts';
import { RenameField } from './rename-field.tsx';
import { hitAt, useSurfacePointer } from './surface-pointer.ts';
import { useListedKeys } from './use-listed-keys.ts';
import { useRevealSelection } from './use-reveal-selection.ts';
import styles from './editor-canvas.module.css';

const selectActive = ({ selection }: DocumentState) => selection.stages.at(-1) ?? null;
const selectIsReadOnly = ({ isReadOnly }: DocumentState) => isReadOnly;

export interface EditorCanvasProps {
  /** Enter on a stage: brings the keyboard to its form. */
  readonly onOpenForm?: (() => void) | undefined;
}

/**
 * The stages of the document as a graph that can be changed by mouse and by keyboard. Every change is an operation on the
 * text; the canvas itself keeps no more than what is in view.
 */
export function EditorCanvas({ onOpenForm }: EditorCanvasProps) {
  const prefix = useId();
  const document = usePipelineDocument();
  const [store] = useState(() => createCanvasStore(prefix));
  const breakpoints = useBreakpointPlace();
  const commands = useMemo(
    () => createCanvasCommands(document, store, breakpoints),
    [document, store, breakpoints],
  );
  return (
    <CanvasContext value={store}>
      <CommandsContext value={commands}>
        <ReactFlowProvider>
          <Canvas onOpenForm={onOpenForm} />
        </ReactFlowProvider>
      </CommandsContext>
    </CanvasContext>
  );
}

function Canvas({ onOpenForm }: EditorCanvasProps) {
  const store = useCanvasStore();
  const commands = useCanvasCommands();
  const document = usePipelineDocument();
  const room = useRef<HTMLDivElement>(null);
  const status = useScene();
  const items = usePaletteItems();
  const isReadOnly = useDocument(selectIsReadOnly);
  const active = useDocument(selectActive);
  const pointer = useSurfacePointer(items);
  const [target, setTarget] = useState<MenuTarget | null>(null);
  const focus = useCallback(() => room.current?.focus(), []);
  const openForm = useCallback(() => onOpenForm?.(), [onOpenForm]);
  const clipboard = useMemo(() => clipboardHandlers(commands), [commands]);
  const ports = useMemo(
    () => ({ document, store, commands, openForm }),
    [document, store, commands, openForm],
  );
  useListedKeys(commands, store, { openForm, focus });
  useRevealSelection();

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || !pressKey(event, ports)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onContextMenu = (event: MouseEvent): void => {
    const screen = { x: event.clientX, y: event.clientY };
    // A key opens it for what is selected.
    const isByKey = event.button !== 2 && event.detail === 0 && event.nativeEvent.movementX === 0;
    const { stages } = document.getState().selection;
    const { stage, edge, at } = hitAt(store, screen);
    if (isByKey && stages.length > 0) setTarget({ type: 'stages', ids: stages });
    else if (stage !== null) {
      const ids = stages.includes(stage) ? stages : [stage];
      if (ids !== stages) commands.select(ids);
      setTarget({ type: 'stages', ids });
    } else if (edge !== null) setTarget({ type: 'edge', edge, screen });
    else setTarget({ type: 'canvas', at, screen });
  };

  return (
    <div className={styles['frame']}>
      <ContextMenu entries={target === null ? [] : menuEntries(target, ports)}>
        <div
          ref={room}
          id={CANVAS_ID}
          role="listbox"
          aria-label="Stages"
          aria-multiselectable
          aria-activedescendant={active === null ? undefined : cardId(store.getState().idPrefix, active)}
          tabIndex={0}
          className={styles['room']}
          onKeyDown={onKeyDown}
          onContextMenuCapture={onContextMenu}
          {...clipboard}
          {...pointer}
        >
          <CanvasSurface isReadOnly={isReadOnly} />
        </div>
      </ContextMenu>
      <Status status={status} isReadOnly={isReadOnly} />
      <ScopePath />
      <CanvasToolbar />
      <CanvasMap />
      <ZoomButtons />
      <FindStage onClose={focus} />
      <CanvasNotice />
      <AddPopover items={items} onClose={focus} />
      <RenameField onClose={focus} />
      <ExtractDialog />
    </div>
  );
}

/** Lies over the canvas while there is nothing to see on it. */
function Status({ status, isReadOnly }: { readonly status: SceneStatus; readonly isReadOnly: boolean }) {
  const commands = useCanvasCommands();
  switch (status.type) {
    case 'ready':
      return null;
    case 'loading':
      return (
        <div className={styles['status']}>
          <Spinner label="Laying out the stages" />
        </div>
      );
    case 'failed':
      return (
        <div className={styles['status']}>
          <EmptyState icon={<Workflow size={20} />} title="The stages could not be laid out">
            {status.message} The text does not need it.
          </EmptyState>
        </div>
      );
    case 'empty':
      return (
        <div className={styles['status']}>
          <EmptyState
            icon={<Workflow size={20} />}
            title="No stages yet"
            actions={
              !isReadOnly && (
                <Button
                  variant="primary"
                  onClick={(event) => {
                    const { left, bottom } = event.currentTarget.getBoundingClientRect();
                    commands.openPalette({ x: left, y: bottom });
                  }}
                >
                  Add a stage
                </Button>
              )
            }
          >
            Drag one here from the list at the left, or press A.
          </EmptyState>
        </div>
      );
  }
}
