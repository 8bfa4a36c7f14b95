import { useCallback, useRef } from 'react';
import type { PipelineView } from '#shared/api/schemas.ts';
import { StagePalette } from './canvas/stage-palette.tsx';
import { useDocument, useDocumentActions } from './document/document-context.ts';
import type { DocumentState } from './document/document-store.ts';
import { EditorViews } from './editor-views.tsx';
import { ProblemsPanel } from './explain/problems-panel.tsx';
import { PipelineBody } from './pipeline-body.tsx';
import { PipelineFacts } from './pipeline-facts.tsx';
import { StageFacts } from './stage-facts.tsx';
import type { ViewMode } from './view-mode.ts';

/** The stage that was selected last, and those around it. */
const selectStage = ({ analysis, scope, selection }: DocumentState) => ({
  analysis,
  scope,
  selected: selection.stages.at(-1) ?? null,
});

export interface EditorBodyProps {
  /** Null until the file was read. */
  readonly view: PipelineView | null;
  readonly mode: ViewMode;
  readonly onShowLine: (line: number) => void;
  /** Brings an offset of the text into view, where a view of the text may have to be shown first. */
  readonly onShowOffset: (offset: number) => void;
  readonly onShowText: () => void;
}

/** The editor below its header: what can be added, canvas and text over the issues, and details at the side. */
export function EditorBody({ view, mode, onShowLine, onShowOffset, onShowText }: EditorBodyProps) {
  const side = useRef<HTMLDivElement>(null);
  const openForm = useCallback(() => side.current?.querySelector<HTMLElement>('button, input')?.focus(), []);
  return (
    <PipelineBody
      start={mode === 'text' ? null : <StagePalette />}
      main={<EditorViews mode={mode} onShowText={onShowText} onOpenForm={openForm} />}
      below={<ProblemsPanel onShowText={onShowOffset} />}
      side={<div ref={side}>{view !== null && <Details view={view} onShowLine={onShowLine} />}</div>}
    />
  );
}

function Details({
  view,
  onShowLine,
}: {
  readonly view: PipelineView;
  readonly onShowLine: (line: number) => void;
}) {
  const actions = useDocumentActions();
  const { analysis, scope, selected } = useDocument(selectStage);
  const stages = analysis?.stages.filter((stage) => stage.scope === scope) ?? [];
  const stage = stages.find(({ id }) => id === selected);
  if (stage === undefined) return <PipelineFacts view={view} />;
  return (
    <StageFacts
      stage={stage}
      stages={stages}
      onSelect={(id) => actions.select([id], 'command')}
      onShowLine={onShowLine}
    />
  );
}
