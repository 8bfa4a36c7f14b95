import { isFinalStageStatus, type StageStatus } from '#shared/run/status.ts';

/** `waiting`: not reached; `flowing`: what it leads to is at work; `passed`: both ended; `blocked`: what it leads to will not run. */
export type EdgeFlow = 'waiting' | 'flowing' | 'passed' | 'blocked';

/** How an edge looks between two stages; without statuses (the graph of a file) it waits. */
export function edgeFlow(source: StageStatus | undefined, target: StageStatus | undefined): EdgeFlow {
  if (source === undefined || target === undefined) return 'waiting';
  if (target === 'skipped' || (target === 'cancelled' && source !== 'succeeded')) return 'blocked';
  if (!isFinalStageStatus(source)) return 'waiting';
  if (target === 'running' || target === 'waiting-approval') return 'flowing';
  return isFinalStageStatus(target) ? 'passed' : 'waiting';
}
