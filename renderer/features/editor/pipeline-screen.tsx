import { FileCode, Workflow } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { PipelineView } from '#shared/api/schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { PipelineGraph } from '#renderer/ui/pipeline-graph/pipeline-graph.tsx';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { PipelineBody } from './pipeline-body.tsx';
import { PipelineFacts } from './pipeline-facts.tsx';
import { HeaderFacts, RunButton, SimulateButton } from './pipeline-header.tsx';
import { SimulateBody } from './simulate/simulate-body.tsx';
import type { SituationDraft } from './simulate/situation.ts';
import { SourcePane } from './source-pane.tsx';
import { StageFacts } from './stage-facts.tsx';
import { usePipeline } from './use-pipeline.ts';
import { usePipelineCommands } from './use-pipeline-commands.tsx';

type Mode = 'graph' | 'source';
const MODES = [
  { value: 'graph', label: 'Graph', icon: <Workflow size={12} /> },
  { value: 'source', label: 'Source', icon: <FileCode size={12} /> },
] as const;
const NOTHING_CHANGED: Partial<SituationDraft> = {};

export interface PipelineScreenProps {
  readonly projectId: ProjectId;
  /** Relative to the project's folder. */
  readonly file: string;
  /** Starts the file; `withOptions` asks for stages and parallelism even where it has no inputs. */
  readonly onRun: (withOptions: boolean) => void;
}

/** One pipeline file: its graph or its text, its problems, what a stage does, what a run would do. Follows the file on disk. */
export function PipelineScreen({ projectId, file, onRun }: PipelineScreenProps) {
  const pipeline = usePipeline(projectId, file);
  const [mode, setMode] = useState<Mode>('graph');
  const [wantsSimulation, setWantsSimulation] = useState(false);
  const [changes, setChanges] = useState(NOTHING_CHANGED);
  const [selected, setSelected] = useState<string | null>(null);
  const [target, setTarget] = useState<{ readonly line: number } | null>(null);
  const view = pipeline.status === 'ready' ? pipeline.value : null;
  const runnable = view?.runnable ?? false;
  const isSimulating = wantsSimulation && runnable && mode === 'graph';

  const changeMode = useCallback(() => setMode((current) => (current === 'graph' ? 'source' : 'graph')), []);
  const toggleSimulation = useCallback(() => {
    setWantsSimulation(!isSimulating);
    setMode('graph');
  }, [isSimulating]);
  usePipelineCommands({ runnable, onRun, onSimulate: toggleSimulation, onChangeMode: changeMode });

  if (pipeline.status === 'failed') {
    return <FailureState failure={pipeline.failure} onRetry={pipeline.reload} />;
  }
  const showLine = (line: number): void => {
    setTarget({ line });
    setMode('source');
  };
  const select = (id: string | null): void => {
    setSelected(id);
    const line = view?.stages.find((candidate) => candidate.id === id)?.line;
    // For when the source is in view, or comes into view next.
    if (line !== undefined) setTarget({ line });
  };
  const stage = view?.stages.find(({ id }) => id === selected);
  return (
    <>
      <PageHeader
        title={view === null ? ' ' : (view.name ?? file)}
        facts={view !== null && <HeaderFacts view={view} />}
        actions={
          <>
            <SegmentedControl label="View" options={MODES} value={mode} onValueChange={setMode} />
            <SimulateButton enabled={runnable} isOn={isSimulating} onToggle={toggleSimulation} />
            <RunButton enabled={runnable} onRun={onRun} />
          </>
        }
      />
      {view !== null && isSimulating ? (
        <SimulateBody
          projectId={projectId}
          view={view}
          changes={changes}
          onChange={setChanges}
          selectedId={selected}
          onSelect={select}
          onShowLine={showLine}
          onClose={toggleSimulation}
        />
      ) : (
        <PipelineBody
          issues={view?.issues ?? []}
          onShowLine={showLine}
          main={
            view !== null && (
              <Stages
                view={view}
                mode={mode}
                target={target}
                selected={selected}
                onSelect={select}
                onOpen={(id) => {
                  const opened = view.stages.find((candidate) => candidate.id === id);
                  if (opened !== undefined) showLine(opened.line);
                }}
              />
            )
          }
          side={
            view !== null &&
            (stage === undefined ? (
              <PipelineFacts view={view} />
            ) : (
              <StageFacts stage={stage} stages={view.stages} onSelect={select} onShowLine={showLine} />
            ))
          }
        />
      )}
    </>
  );
}

function Stages(props: {
  readonly view: PipelineView;
  readonly mode: Mode;
  readonly target: { readonly line: number } | null;
  readonly selected: string | null;
  readonly onSelect: (id: string | null) => void;
  readonly onOpen: (id: string) => void;
}) {
  const { view, mode } = props;
  if (mode === 'source') return <SourcePane text={view.text} issues={view.issues} target={props.target} />;
  if (view.stages.length === 0) {
    return (
      <EmptyState icon={<Workflow size={20} />} title="There are no stages to draw">
        {view.runnable ? 'Add one under stages: in the file.' : 'The issues below stand in the way.'}
      </EmptyState>
    );
  }
  return (
    <PipelineGraph
      label={`Stages of ${view.name ?? view.file}`}
      stages={view.stages}
      selectedId={props.selected}
      onSelect={props.onSelect}
      onOpen={props.onOpen}
    />
  );
}
