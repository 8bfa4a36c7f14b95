import type { WaitingApproval } from '#shared/api/schemas.ts';
import { useBridge, useRemote } from './bridge-context.ts';

/** Stages of all runs that wait for a person, oldest first; kept up with every change of a run. Null until they are known. */
export function useWaitingApprovals(): readonly WaitingApproval[] | null {
  const { client } = useBridge();
  const waiting = useRemote(['runs', 'waiting'], (signal) => client.run.waiting(undefined, { signal }));
  return waiting.status === 'ready' ? waiting.value : null;
}
