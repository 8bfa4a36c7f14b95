import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ProjectId } from '#shared/lib/ids.ts';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { BreakpointContext } from './canvas/breakpoint-place.ts';
import { CompareBody } from './compare/compare-body.tsx';
import { useCompareCommands } from './compare/use-compare-commands.tsx';
import { DocumentContext, useDocument, usePipelineDocument } from './document/document-context.ts';
import type { DocumentState } from './document/document-store.ts';
import { useOpenDocument } from './document/use-open-document.ts';
import { EditorBanners } from './editor-banners.tsx';
import { EditorBody } from './editor-body.tsx';
import { EditorHeader } from './editor-header.tsx';
import { goToText, offsetOfLine } from './go-to-text.ts';
import { saveDocument } from './save-document.ts';
import { SimulateBody, type SimulateBodyProps } from './simulate/simulate-body.tsx';
import type { SituationDraft } from './simulate/situation.ts';
import { FileTabs } from './tabs/file-tabs.tsx';
import { useDocumentCommands } from './use-document-commands.tsx';
import { useEditorLook } from './use-editor-look.ts';
import { useFocusOnOpen } from './use-focus-on-open.ts';
import { usePipelineCommands } from './use-pipeline-commands.tsx';
import { usePipelineView } from './use-pipeline-view.ts';
import { useWhenRunnable } from './use-when-runnable.ts';

const NOTHING_CHANGED: Partial<SituationDraft> = {};

const selectRunnable = ({ analysis, broken }: DocumentState): boolean =>
  broken === null && (analysis?.runnable ?? false);

export interface EditorScreenProps {
  readonly projectId: ProjectId;
  /** Relative to the project's folder. */
  readonly file: string;
  /** Starts the file as it is on disk; `withOptions` asks for stages and parallelism even where it has no inputs. */
  readonly onRun: (withOptions: boolean) => void;
}

/** The open files, and of the one in view: its canvas and its text, its problems, what a stage does, what a run would do. */
export function EditorScreen(props: EditorScreenProps) {
  const { projectId, file } = props;
  return (
    <>
      <FileTabs shown={{ projectId, file }} />
      <OpenFile key={`${projectId} ${file}`} {...props} />
    </>
  );
}

function OpenFile(props: EditorScreenProps) {
  const { projectId, file } = props;
  const [opened, retry] = useOpenDocument(projectId, file);
  const place = useMemo(() => ({ projectId, file }), [projectId, file]);
  switch (opened.status) {
    case 'loading':
      return <SkeletonRows />;
    case 'failed':
      return <FailureState failure={opened.failure} onRetry={retry} />;
    case 'ready':
      return (
        <DocumentContext value={opened.document}>
          <BreakpointContext value={place}>
            <Editor {...props} />
          </BreakpointContext>
        </DocumentContext>
      );
  }
}

function Editor({ projectId, file, onRun }: EditorScreenProps) {
  const document = usePipelineDocument();
  // No more than this: what stands here is drawn again with each change of it.
  const runnable = useDocument(selectRunnable);
  const look = useEditorLook(`${projectId} ${file}`, runnable);
  const [changes, setChanges] = useState(NOTHING_CHANGED);
  const [simulated, setSimulated] = useState<string | null>(null);
  const [target, setTarget] = useState<{ readonly offset: number } | null>(null);

  const whenRunnable = useWhenRunnable();
  const { toggleSimulation } = look;
  const saveAndRun = useCallback(
    (withOptions: boolean) =>
      whenRunnable(() => {
        void saveDocument(document).then((isSaved) => isSaved && onRun(withOptions));
      }),
    [whenRunnable, document, onRun],
  );
  const simulate = useCallback(() => whenRunnable(toggleSimulation), [whenRunnable, toggleSimulation]);
  usePipelineCommands({ onRun: saveAndRun, onSimulate: simulate, onChangeMode: look.showNextMode });
  useFocusOnOpen();
  useDocumentCommands(document);
  useCompareCommands(look.compare);
  useEffect(() => {
    // By now the text is in view.
    if (target !== null) goToText(document, target.offset);
  }, [document, target]);

  const showOffset = (offset: number): void => {
    look.changeMode(look.mode === 'text' ? 'text' : 'split');
    setTarget({ offset });
  };
  const showBody = () => {
    if (look.compared !== null) {
      return (
        <CompareBody
          against={look.compared}
          way={look.mode === 'text' ? 'lines' : 'stages'}
          onChange={look.compare}
          onShowText={showOffset}
        />
      );
    }
    if (!look.isSimulating) {
      return (
        <EditorBody mode={look.mode} onShowOffset={showOffset} onShowText={() => look.changeMode('split')} />
      );
    }
    return (
      <Simulation
        projectId={projectId}
        changes={changes}
        onChange={setChanges}
        selectedId={simulated}
        onSelect={setSimulated}
        onShowLine={(line) => showOffset(offsetOfLine(document, line))}
        onShowOffset={showOffset}
        onClose={look.toggleSimulation}
      />
    );
  };
  return (
    <>
      <EditorHeader look={look} onRun={saveAndRun} />
      <EditorBanners onCompare={look.compare} />
      {showBody()}
    </>
  );
}

function Simulation(props: Omit<SimulateBodyProps, 'view'>) {
  const view = usePipelineView();
  return view === null ? null : <SimulateBody {...props} view={view} />;
}
