import { useContext, useMemo, useState } from 'react';
import { useCommands } from '#renderer/ui/commands/use-commands.ts';
import { navigate, replaceRoute } from '#renderer/ui/navigation/navigate.ts';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import {
  foldStages,
  groupIdOf,
  isFolded,
  nodeOf,
  type Folding,
} from '#renderer/ui/pipeline-graph/fold-stages.ts';
import type { GraphStage } from '#renderer/ui/pipeline-graph/graph-stage.ts';
import { PipelineGraph } from '#renderer/ui/pipeline-graph/pipeline-graph.tsx';
import { useShortcut } from '#renderer/ui/shortcuts/use-shortcut.ts';
import { stageIdOf, type RunId, type StageId } from '#shared/lib/ids.ts';
import type { Plan } from '#shared/pipeline/plan.ts';
import { hasBreakpoint } from '#shared/run/pause.ts';
import { firstSelection, neighbour } from '../first-selection.ts';
import { RunContext, stageStates, useRunView } from '../run-context.ts';
import type { RunSlots } from '../run-slots.ts';
import type { RunStore } from '../run-store.ts';
import { plannedOf, stageOf } from '../selectors.ts';
import { serviceOf } from './log-picker.tsx';
import { RunOverview } from './run-overview.tsx';
import { StagePanel } from './stage-panel.tsx';
import { Waterfall } from './waterfall.tsx';

interface StageBrowserProps {
  readonly runId: RunId;
  readonly view: 'graph' | 'waterfall';
  readonly stage: StageId | null;
  readonly slots: RunSlots;
}

/** The stages, as a graph or over time, with the selected one beside them. Selecting moves nothing. */
export function StageBrowser(props: StageBrowserProps) {
  const store = useContext(RunContext);
  return store === null ? null : <Browser {...props} store={store} />;
}

function Browser({ runId, view, stage, slots, store }: StageBrowserProps & { readonly store: RunStore }) {
  const plan = useRunView(({ run }) => run?.plan);
  const states = useMemo(() => stageStates(store), [store]);
  const [wantedLog, setWantedLog] = useState<StageId | null>(null);
  const [folding, setFolding] = useState<Folding>(new Map());
  const breakpoints = useRunView(({ run }) => run?.breakpoints);
  const stages = useMemo(
    () => (plan === undefined ? [] : withBreakpoints(foldStages(plan.stages, folding), plan, breakpoints)),
    [plan, folding, breakpoints],
  );
  const toggle = (id: string): void => {
    const { run } = store.getState();
    const planned = run === null ? undefined : plannedOf(run, id);
    const matrix = run === null || planned === undefined ? null : groupIdOf(run.plan.stages, planned);
    const group = run === null || matrix === null ? undefined : plannedOf(run, matrix);
    if (group !== undefined) setFolding(new Map(folding).set(group.id, !isFolded(group, folding)));
  };
  const select = (next: StageId | null): void =>
    replaceRoute({ screen: 'run', runId, tab: view, ...(next !== null && { stage: next }) });
  const openLog = (id: string): void => {
    const attempt = stageOf(store.getState().run, id)?.attempts.length ?? 0;
    if (attempt > 0) navigate({ screen: 'log', runId, stage: stageIdOf(id), attempt });
  };
  const walk = (by: 1 | -1): void => {
    const { run } = store.getState();
    if (run !== null) select(neighbour(run, stage, by));
  };
  useShortcut('j', () => walk(1));
  useShortcut('k', () => walk(-1));
  useShortcut('escape', () => select(null), { enabled: stage !== null });
  const planned = useRunView(({ run }) =>
    run === null || stage === null ? undefined : plannedOf(run, stage),
  );
  const service = wantedLog === null ? null : serviceOf(planned, wantedLog);
  useStageCommands({ runId, view, stage, service, store });
  return (
    <Panes id="run">
      <Pane id="stages" minSize={320}>
        {view === 'graph' ? (
          <PipelineGraph
            stages={stages}
            states={states}
            selectedId={stage === null || plan === undefined ? stage : nodeOf(plan.stages, stages, stage)}
            onSelect={(id) => select(id === null ? null : stageIdOf(id))}
            onOpen={openLog}
            onToggle={toggle}
          />
        ) : (
          <Waterfall selectedId={stage} onSelect={select} onOpen={openLog} />
        )}
      </Pane>
      <PaneHandle label="Resize the panel of the stage" />
      <Pane id="stage" defaultSize={348} minSize={280} maxSize="60%" fixed>
        {planned === undefined ? (
          <RunOverview onSelect={select} />
        ) : (
          <StagePanel
            key={planned.id}
            runId={runId}
            planned={planned}
            log={slots.log}
            onSelect={select}
            wantedLog={wantedLog}
            onWantLog={setWantedLog}
          />
        )}
      </Pane>
    </Panes>
  );
}

function withBreakpoints(
  stages: readonly GraphStage[],
  plan: Plan,
  breakpoints: readonly StageId[] = [],
): readonly GraphStage[] {
  if (breakpoints.length === 0) return stages;
  const marked = plan.stages.filter((planned) => hasBreakpoint({ breakpoints }, planned)).map(({ id }) => id);
  return stages.map((stage) =>
    marked.some((id) => id === stage.id) ? { ...stage, hasBreakpoint: true } : stage,
  );
}

function useStageCommands({
  runId,
  view,
  stage,
  service,
  store,
}: Omit<StageBrowserProps, 'slots'> & {
  readonly service: string | null;
  readonly store: RunStore;
}): void {
  const commands = useMemo(() => {
    const other = view === 'graph' ? 'waterfall' : 'graph';
    return [
      {
        id: 'run.view',
        title: other === 'graph' ? 'Show the graph' : 'Show the waterfall',
        group: 'Run',
        shortcut: 'g',
        run: () => replaceRoute({ screen: 'run', runId, tab: other, ...(stage !== null && { stage }) }),
      },
      {
        id: 'run.log',
        title: 'Open the log of the stage',
        group: 'Run',
        shortcut: 'l',
        run: () => {
          const { run } = store.getState();
          const id = stage ?? (run === null ? null : firstSelection(run));
          const attempt = id === null ? 0 : (stageOf(run, id)?.attempts.length ?? 0);
          if (id !== null && attempt > 0)
            navigate({ screen: 'log', runId, stage: id, attempt, ...(service !== null && { service }) });
        },
      },
    ];
  }, [runId, view, stage, service, store]);
  useCommands(commands);
}
