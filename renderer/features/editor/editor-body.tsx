import { useCallback, useRef } from 'react';
import { StagePalette } from './canvas/stage-palette.tsx';
import { EditorViews } from './editor-views.tsx';
import { ProblemsPanel } from './explain/problems-panel.tsx';
import { PropertyPanel } from './form/property-panel.tsx';
import { PipelineBody } from './pipeline-body.tsx';
import { useWideWindow } from './use-wide-window.ts';
import type { ViewMode } from './view-mode.ts';

/** The text is in view already. */
const stay = (): void => undefined;

export interface EditorBodyProps {
  readonly mode: ViewMode;
  /** Brings an offset of the text into view, where a view of the text may have to be shown first. */
  readonly onShowOffset: (offset: number) => void;
  readonly onShowText: () => void;
}

/** The editor below its header: what can be added, canvas and text over the issues, and the settings at the side. */
export function EditorBody({ mode, onShowOffset, onShowText }: EditorBodyProps) {
  const isWide = useWideWindow();
  const side = useRef<HTMLDivElement>(null);
  const openForm = useCallback(
    () => side.current?.querySelector<HTMLElement>('input, textarea, button')?.focus(),
    [],
  );
  return (
    <PipelineBody
      start={mode === 'canvas' || (mode === 'split' && isWide) ? <StagePalette /> : null}
      main={<EditorViews mode={mode} onShowText={onShowText} onOpenForm={openForm} />}
      below={<ProblemsPanel onShowText={onShowOffset} />}
      side={
        <div ref={side}>
          <PropertyPanel onShowText={mode === 'canvas' ? onShowText : stay} />
        </div>
      }
    />
  );
}
