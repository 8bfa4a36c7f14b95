import { useMemo, useState } from 'react';
import {
  foldStages,
  type Folding,
  groupIdOf,
  isFolded,
  nodeOf,
} from '#renderer/ui/pipeline-graph/fold-stages.ts';
import { PipelineGraph } from '#renderer/ui/pipeline-graph/pipeline-graph.tsx';
import type { Simulation } from '#shared/api/simulation-schemas.ts';
import { forecastsOf } from './forecasts-of.ts';

export interface SimulatedGraphProps {
  readonly simulation: Simulation;
  readonly selectedId: string | null;
  readonly onSelect: (id: string | null) => void;
  readonly onOpen: (id: string) => void;
  readonly label: string;
}

/** The stages as they would run, with what the simulation says of each. */
export function SimulatedGraph({ simulation, selectedId, onSelect, onOpen, label }: SimulatedGraphProps) {
  const { stages } = simulation;
  const [folding, setFolding] = useState<Folding>(new Map());
  const drawn = useMemo(() => foldStages(stages, folding), [stages, folding]);
  const forecasts = useMemo(() => forecastsOf({ stages }, drawn), [stages, drawn]);
  const toggle = (id: string): void => {
    const stage = stages.find((one) => one.id === id);
    const groupId = stage === undefined ? null : groupIdOf(stages, stage);
    const group = stages.find((one) => one.id === groupId);
    if (group !== undefined) setFolding(new Map(folding).set(group.id, !isFolded(group, folding)));
  };
  return (
    <PipelineGraph
      label={label}
      stages={drawn}
      forecasts={forecasts}
      selectedId={selectedId === null ? null : nodeOf(stages, drawn, selectedId)}
      onSelect={onSelect}
      onOpen={onOpen}
      onToggle={toggle}
    />
  );
}
