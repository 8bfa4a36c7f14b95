import { useMemo } from 'react';
import { PipelineGraph } from '#renderer/ui/pipeline-graph/pipeline-graph.tsx';
import type { PipelineView } from '#shared/api/schemas.ts';
import type { SimulatedStage } from '#shared/api/simulation-schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { ProblemsPanel } from '../explain/problems-panel.tsx';
import { PipelineBody } from '../pipeline-body.tsx';
import { initialValues } from '../run/input-values.ts';
import { rememberedInputs } from '../run/remembered-inputs.ts';
import { SimulateBar } from './simulate-bar.tsx';
import { SimulateSummary } from './simulate-summary.tsx';
import { SimulatedGraph } from './simulated-graph.tsx';
import { SimulatedStageFacts } from './simulated-stage-facts.tsx';
import { SimulationFacts } from './simulation-facts.tsx';
import type { SituationDraft } from './situation.ts';
import { useSimulation } from './use-simulation.ts';

export interface SimulateBodyProps {
  readonly projectId: ProjectId;
  readonly view: PipelineView;
  /** What was changed so far. */
  readonly changes: Partial<SituationDraft>;
  readonly onChange: (changes: Partial<SituationDraft>) => void;
  readonly selectedId: string | null;
  readonly onSelect: (id: string | null) => void;
  readonly onShowLine: (line: number) => void;
  readonly onShowOffset: (offset: number) => void;
  readonly onClose: () => void;
}

/** The editor while it simulates: what is assumed, what would come of it, and for each stage why. */
export function SimulateBody(props: SimulateBodyProps) {
  const { projectId, view, changes, onChange, selectedId, onSelect, onShowLine } = props;
  const draft = useMemo(() => draftOf(projectId, view, changes), [projectId, view, changes]);
  const answer = useSimulation(projectId, view, draft);
  const { simulation } = answer;
  const stage = simulation?.stages.find(({ id }) => id === selectedId);
  const label = `Stages of ${view.name ?? view.file}, simulated`;
  const lineOf = (id: string): number | null => lineInFile(view, simulation?.stages ?? [], id);
  const open = (id: string): void => {
    const line = lineOf(id);
    if (line !== null) onShowLine(line);
  };
  return (
    <PipelineBody
      main={
        <>
          <SimulateBar
            draft={draft}
            onChange={(change) => onChange({ ...changes, ...change })}
            inputs={view.inputs}
            ownBranch={draft.ref === '' ? (simulation?.branch ?? null) : null}
            onClose={props.onClose}
          />
          <SimulateSummary {...answer} />
          {simulation === null ? (
            <PipelineGraph
              label={label}
              stages={view.stages}
              selectedId={selectedId}
              onSelect={onSelect}
              onOpen={open}
            />
          ) : (
            <SimulatedGraph {...{ simulation, selectedId, onSelect, label }} onOpen={open} />
          )}
        </>
      }
      below={<ProblemsPanel onShowText={props.onShowOffset} />}
      side={
        simulation !== null &&
        (stage === undefined ? (
          <SimulationFacts simulation={simulation} onSelect={onSelect} />
        ) : (
          <SimulatedStageFacts
            stage={stage}
            stages={simulation.stages}
            line={lineOf(stage.id)}
            onSelect={onSelect}
            onShowLine={onShowLine}
          />
        ))
      }
    />
  );
}

/** A push where the file waits for one; inputs as they were last given. */
function draftOf(projectId: ProjectId, view: PipelineView, changes: Partial<SituationDraft>): SituationDraft {
  const inputs = initialValues(view.inputs, rememberedInputs(projectId, view.file));
  return {
    event: view.triggers.includes('push') ? 'push' : (view.triggers[0] ?? 'manual'),
    refType: 'branch',
    ref: '',
    changed: '',
    ...changes,
    inputs: { ...inputs, ...changes.inputs },
  };
}

/** Where a stage stands in the file: a leg with its matrix, a stage of a called pipeline with its call. */
function lineInFile(view: PipelineView, stages: readonly SimulatedStage[], id: string): number | null {
  const groups = stages.filter(({ matrix }) => matrix?.legs.includes(id)).map((group) => group.id);
  const known = new Set([id, ...groups]);
  return view.stages.find((stage) => known.has(stage.id))?.line ?? null;
}
