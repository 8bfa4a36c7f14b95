import { useCallback, useEffect, useState } from 'react';
import type { ProjectId } from '#shared/lib/ids.ts';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { DocumentContext, usePipelineDocument } from './document/document-context.ts';
import { useOpenDocument } from './document/use-open-document.ts';
import { EditorBanners } from './editor-banners.tsx';
import { EditorBody } from './editor-body.tsx';
import { EditorHeader } from './editor-header.tsx';
import { goToText, offsetOfLine } from './go-to-text.ts';
import { saveDocument } from './save-document.ts';
import { SimulateBody } from './simulate/simulate-body.tsx';
import type { SituationDraft } from './simulate/situation.ts';
import { useDocumentCommands } from './use-document-commands.tsx';
import { usePipelineCommands } from './use-pipeline-commands.tsx';
import { usePipelineView } from './use-pipeline-view.ts';
import { setViewMode, showNextViewMode, useViewMode, type ViewMode } from './view-mode.ts';

const NOTHING_CHANGED: Partial<SituationDraft> = {};

export interface EditorScreenProps {
  readonly projectId: ProjectId;
  /** Relative to the project's folder. */
  readonly file: string;
  /** Starts the file as it is on disk; `withOptions` asks for stages and parallelism even where it has no inputs. */
  readonly onRun: (withOptions: boolean) => void;
}

/** One pipeline file: its canvas and its text, its problems, what a stage does, what a run would do. */
export function EditorScreen(props: EditorScreenProps) {
  return <OpenFile key={`${props.projectId} ${props.file}`} {...props} />;
}

function OpenFile(props: EditorScreenProps) {
  const [opened, retry] = useOpenDocument(props.projectId, props.file);
  switch (opened.status) {
    case 'loading':
      return <SkeletonRows />;
    case 'failed':
      return <FailureState failure={opened.failure} onRetry={retry} />;
    case 'ready':
      return (
        <DocumentContext value={opened.document}>
          <Editor {...props} />
        </DocumentContext>
      );
  }
}

function Editor({ projectId, file, onRun }: EditorScreenProps) {
  const document = usePipelineDocument();
  const view = usePipelineView();
  const key = `${projectId} ${file}`;
  const mode = useViewMode(key);
  const [wantsSimulation, setWantsSimulation] = useState(false);
  const [changes, setChanges] = useState(NOTHING_CHANGED);
  const [simulated, setSimulated] = useState<string | null>(null);
  const [target, setTarget] = useState<{ readonly offset: number } | null>(null);
  const runnable = view?.runnable ?? false;
  const isSimulating = wantsSimulation && runnable;

  const changeMode = useCallback(
    (next: ViewMode) => {
      setWantsSimulation(false);
      setViewMode(key, next);
    },
    [key],
  );
  const showNextMode = useCallback(() => {
    setWantsSimulation(false);
    showNextViewMode(key);
  }, [key]);
  const toggleSimulation = useCallback(() => setWantsSimulation(!isSimulating), [isSimulating]);
  const saveAndRun = useCallback(
    (withOptions: boolean) => {
      void saveDocument(document).then((isSaved) => isSaved && onRun(withOptions));
    },
    [document, onRun],
  );
  usePipelineCommands({
    runnable,
    onRun: saveAndRun,
    onSimulate: toggleSimulation,
    onChangeMode: showNextMode,
  });
  useDocumentCommands(document);
  useEffect(() => {
    // By now the text is in view.
    if (target !== null) goToText(document, target.offset);
  }, [document, target]);

  const showOffset = (offset: number): void => {
    changeMode(mode === 'text' ? 'text' : 'split');
    setTarget({ offset });
  };
  const showLine = (line: number): void => showOffset(offsetOfLine(document, line));
  return (
    <>
      <EditorHeader
        view={view}
        mode={mode}
        onChangeMode={changeMode}
        isSimulating={isSimulating}
        onSimulate={toggleSimulation}
        onRun={saveAndRun}
      />
      <EditorBanners />
      {view !== null && isSimulating ? (
        <SimulateBody
          projectId={projectId}
          view={view}
          changes={changes}
          onChange={setChanges}
          selectedId={simulated}
          onSelect={setSimulated}
          onShowLine={showLine}
          onClose={toggleSimulation}
        />
      ) : (
        <EditorBody view={view} mode={mode} onShowLine={showLine} onShowText={() => changeMode('split')} />
      )}
    </>
  );
}
