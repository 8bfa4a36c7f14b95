import { useMemo, useState } from 'react';
import type { Failure } from '#renderer/bridge/app-failure.ts';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import type { PipelineView } from '#shared/api/schemas.ts';
import type { Simulation } from '#shared/api/simulation-schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { valuesToSend } from '../run/input-values.ts';
import { type SituationDraft, situationToSend } from './situation.ts';
import { useSettled } from './use-settled.ts';

const TYPING_PAUSE_MS = 250;

export interface SimulationAnswer {
  /** The newest that there is; null before the first. */
  readonly simulation: Simulation | null;
  /** Why there is none for what is assumed now. */
  readonly failure: Failure | null;
  readonly isLoading: boolean;
}

/** What a run of the text, saved or not, would do in a situation; follows both. */
export function useSimulation(
  projectId: ProjectId,
  view: PipelineView,
  draft: SituationDraft,
): SimulationAnswer {
  const { client } = useBridge();
  const settled = useSettled(draft, TYPING_PAUSE_MS);
  const revision = useRevision(view);
  const request = useMemo(
    () => ({
      ...situationToSend(settled),
      projectId,
      file: view.file,
      text: view.text,
      inputs: valuesToSend(view.inputs, settled.inputs),
    }),
    [settled, projectId, view],
  );
  const remote = useRemote(['simulation', projectId, revision, JSON.stringify(request)], (signal) =>
    client.pipeline.simulate(request, { signal }),
  );
  const [last, setLast] = useState<Simulation | null>(null);
  if (remote.status === 'ready' && remote.value !== last) setLast(remote.value);
  const failure = remote.status === 'loading' ? null : remote.failure;
  return {
    simulation: remote.status === 'ready' ? remote.value : last,
    failure,
    isLoading: remote.status === 'loading' || settled !== draft,
  };
}

/** Counts the versions of a file that were on screen. */
function useRevision(view: PipelineView): number {
  const [seen, setSeen] = useState({ view, revision: 0 });
  if (seen.view === view) return seen.revision;
  const next = { view, revision: seen.revision + 1 };
  setSeen(next);
  return next.revision;
}
