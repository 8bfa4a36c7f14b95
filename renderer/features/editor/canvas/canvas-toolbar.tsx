import { ChevronRight, Maximize, Minus, Plus, Search, Spline, Wand2 } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import { useDocument } from '../document/document-context.ts';
import type { DocumentState } from '../document/document-store.ts';
import { useCanvasCommands } from './canvas-commands-context.ts';
import { useCanvas, useCanvasStore, type CanvasState } from './canvas-store.ts';
import styles from './editor-canvas.module.css';

const selectShowsFlow = ({ showsFlow }: CanvasState) => showsFlow;
const selectScope = ({ scope }: DocumentState) => scope;
const selectIsReadOnly = ({ isReadOnly }: DocumentState) => isReadOnly;
const selectPipelines = ({ analysis }: DocumentState) =>
  Object.keys(mappingOf(mappingOf(analysis?.value)['pipelines']));

/** What can be done to the canvas by mouse, at its upper edge. */
export function CanvasToolbar() {
  const store = useCanvasStore();
  const commands = useCanvasCommands();
  const showsFlow = useCanvas(selectShowsFlow);
  const isReadOnly = useDocument(selectIsReadOnly);
  return (
    <div className={styles['toolbar']} role="toolbar" aria-label="Canvas">
      <Button
        size="small"
        icon={<Plus size={14} />}
        disabled={isReadOnly}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          commands.openPalette({ x: left, y: bottom });
        }}
      >
        Add stage
      </Button>
      <IconButton
        size="small"
        label="Find a stage"
        shortcut="/"
        icon={<Search size={14} />}
        onClick={() => store.setState({ isFinding: true })}
      />
      <IconButton
        size="small"
        label="Show outputs and artifacts"
        pressed={showsFlow}
        icon={<Spline size={14} />}
        onClick={() => store.setState({ showsFlow: !showsFlow })}
      />
      <IconButton
        size="small"
        label="Tidy up: lay all stages out again"
        icon={<Wand2 size={14} />}
        onClick={() => commands.tidy()}
      />
    </div>
  );
}

/** Whose stages are in view, where the file has pipelines of its own. */
export function ScopePath() {
  const commands = useCanvasCommands();
  const scope = useDocument(selectScope);
  const pipelines = useDocument(selectPipelines);
  if (pipelines.length === 0 && scope === null) return null;
  return (
    <nav className={styles['scopes']} aria-label="Pipelines of the file">
      <Button
        size="small"
        variant="ghost"
        aria-current={scope === null ? 'page' : undefined}
        onClick={() => commands.showScope(null)}
      >
        Stages
      </Button>
      <ChevronRight size={12} aria-hidden />
      <DropdownMenu
        trigger={
          <Button size="small" variant="ghost">
            {scope ?? `${pipelines.length} ${pipelines.length === 1 ? 'pipeline' : 'pipelines'}`}
          </Button>
        }
        entries={pipelines.map((name) => ({ label: name, onSelect: () => commands.showScope(name) }))}
      />
    </nav>
  );
}

/** Zoom buttons at the lower right. */
export function ZoomButtons() {
  const store = useCanvasStore();
  const camera = () => store.getState().camera;
  return (
    <div className={styles['zoom']}>
      <IconButton
        label="Zoom out"
        shortcut="-"
        size="small"
        icon={<Minus size={14} />}
        onClick={() => camera()?.zoomBy(0.8)}
      />
      <IconButton
        label="Show all"
        shortcut="f"
        size="small"
        icon={<Maximize size={14} />}
        onClick={() => camera()?.fit()}
      />
      <IconButton
        label="Zoom in"
        shortcut="plus"
        size="small"
        icon={<Plus size={14} />}
        onClick={() => camera()?.zoomBy(1.25)}
      />
    </div>
  );
}
