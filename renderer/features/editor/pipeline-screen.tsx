import { ChevronDown, FileCode, Play, SlidersHorizontal, Workflow } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { PipelineView } from '#shared/api/schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import type { Command } from '#renderer/ui/commands/command-registry.ts';
import { useCommands } from '#renderer/ui/commands/use-commands.ts';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { IssueList } from '#renderer/ui/issue-list.tsx';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import { PipelineGraph } from '#renderer/ui/pipeline-graph/pipeline-graph.tsx';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { PipelineFacts } from './pipeline-facts.tsx';
import { SourcePane } from './source-pane.tsx';
import { StageFacts } from './stage-facts.tsx';
import { usePipeline } from './use-pipeline.ts';
import styles from './pipeline-screen.module.css';

type Mode = 'graph' | 'source';
const MODES = [
  { value: 'graph', label: 'Graph', icon: <Workflow size={12} /> },
  { value: 'source', label: 'Source', icon: <FileCode size={12} /> },
] as const;

export interface PipelineScreenProps {
  readonly projectId: ProjectId;
  /** Relative to the project's folder. */
  readonly file: string;
  /** Starts the file; `withOptions` asks for stages and parallelism even where it has no inputs. */
  readonly onRun: (withOptions: boolean) => void;
}

/** One pipeline file: its graph or its text, its problems, and what a stage does. Follows the file on disk. */
export function PipelineScreen({ projectId, file, onRun }: PipelineScreenProps) {
  const pipeline = usePipeline(projectId, file);
  const [mode, setMode] = useState<Mode>('graph');
  const [selected, setSelected] = useState<string | null>(null);
  const [target, setTarget] = useState<{ readonly line: number } | null>(null);
  const view = pipeline.status === 'ready' ? pipeline.value : null;
  const runnable = view?.runnable ?? false;

  const commands = useMemo<readonly Command[]>(
    () => [
      ...(runnable
        ? [
            {
              id: 'pipeline.run',
              title: 'Run this pipeline',
              group: 'Pipeline',
              icon: <Play size={16} />,
              shortcut: 'r',
              run: () => onRun(false),
            },
            {
              id: 'pipeline.run-with',
              title: 'Run with options',
              group: 'Pipeline',
              icon: <SlidersHorizontal size={16} />,
              shortcut: 'shift+r',
              keywords: ['stages', 'parallel'],
              run: () => onRun(true),
            },
          ]
        : []),
      {
        id: 'pipeline.mode',
        title: 'Change between graph and source',
        group: 'Pipeline',
        icon: <FileCode size={16} />,
        shortcut: 'g',
        run: () => setMode((current) => (current === 'graph' ? 'source' : 'graph')),
      },
    ],
    [runnable, onRun],
  );
  useCommands(commands);

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
            <RunButton enabled={runnable} onRun={onRun} />
          </>
        }
      />
      <div className={styles['body']}>
        <Panes id="pipeline">
          <Pane id="pipeline-main" minSize={320}>
            {view !== null && (
              <div className={styles['main']}>
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
                {view.issues.length > 0 && (
                  <section className={styles['issues']} aria-label="Issues">
                    <h2 className={styles['issuesHeader']}>
                      Issues <span className={styles['count']}>{view.issues.length}</span>
                    </h2>
                    <IssueList issues={view.issues} onOpen={({ line }) => showLine(line ?? 1)} />
                  </section>
                )}
              </div>
            )}
          </Pane>
          <PaneHandle />
          <Pane id="pipeline-side" fixed defaultSize={280} minSize={240} maxSize={520}>
            <aside className={styles['side']} aria-label="Details">
              {view !== null &&
                (stage === undefined ? (
                  <PipelineFacts view={view} />
                ) : (
                  <StageFacts stage={stage} stages={view.stages} onSelect={select} onShowLine={showLine} />
                ))}
            </aside>
          </Pane>
        </Panes>
      </div>
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

function HeaderFacts({ view }: { readonly view: PipelineView }) {
  const errors = view.issues.filter(({ severity }) => severity === 'error').length;
  const others = view.issues.length - errors;
  return (
    <>
      <code>{view.file}</code>
      {errors > 0 && <Badge tone="failed">{errors === 1 ? '1 error' : `${errors} errors`}</Badge>}
      {others > 0 && <Badge tone="warning">{others === 1 ? '1 warning' : `${others} warnings`}</Badge>}
    </>
  );
}

function RunButton({ enabled, onRun }: { enabled: boolean; onRun: (withOptions: boolean) => void }) {
  return (
    <div className={styles['split']}>
      <Button
        variant="primary"
        icon={<Play size={14} />}
        trailing={<Kbd keys="r" />}
        disabled={!enabled}
        onClick={() => onRun(false)}
      >
        Run
      </Button>
      <DropdownMenu
        align="end"
        trigger={
          <Button
            variant="primary"
            aria-label="More ways to run"
            disabled={!enabled}
            icon={<ChevronDown size={14} />}
          />
        }
        entries={[
          {
            label: 'Run with options',
            icon: <SlidersHorizontal size={14} />,
            shortcut: 'shift+r',
            onSelect: () => onRun(true),
          },
        ]}
      />
    </div>
  );
}
