import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { RunOwner } from '#main/engine/ports.ts';

/** Everything that is made of a run carries these, so that it is found again after a crash. */
export const LABELS = {
  run: 'pipewright.run',
  stage: 'pipewright.stage',
  attempt: 'pipewright.attempt',
  owner: 'pipewright.owner',
  /** Of the container in which the steps run, not one of a service. */
  steps: 'pipewright.steps',
} as const;

/** What a container, a network or a volume belongs to; a network belongs to the run alone. */
export interface Belonging {
  readonly runId: RunId;
  readonly owner: RunOwner;
  readonly stage?: StageId;
  readonly attempt?: number;
}

export function labelsOf({ runId, owner, stage, attempt }: Belonging): Record<string, string> {
  return {
    [LABELS.run]: runId,
    [LABELS.owner]: `${owner.hostId} ${owner.pid} ${owner.startedAt}`,
    ...(stage === undefined ? {} : { [LABELS.stage]: stage }),
    ...(attempt === undefined ? {} : { [LABELS.attempt]: String(attempt) }),
  };
}

/** What is listed: of one run, or of any. */
export function ofRun(runId: RunId | null): { readonly label: string[] } {
  return { label: [runId === null ? LABELS.run : `${LABELS.run}=${runId}`] };
}
