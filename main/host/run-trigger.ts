import { startedByHand } from '#main/triggers/run-type.ts';
import type { TriggerPipeline } from '#main/triggers/ports.ts';
import type { TriggerType } from '#shared/api/trigger-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { Host } from './create-host.ts';
import { startTriggered } from './start-triggered.ts';
import { requireTrust } from './trust.ts';

/**
 * Runs a pipeline now as one of its triggers would, on the project's folder as it is, and notes the firing; also of a
 * trigger that is paused.
 * @throws AppError `not-trusted`, `pipeline-invalid`, `pipeline-not-found`
 */
export async function runTrigger(
  host: Host,
  pipeline: TriggerPipeline,
  type: TriggerType,
  signal: AbortSignal,
): Promise<RunId> {
  const trigger = startedByHand(type);
  const runId = await startTriggered(host, requireTrust)(pipeline, trigger, null, signal);
  const { projectId, file } = pipeline;
  const at = new Date().toISOString();
  host.store.triggers.record({ projectId, file, type, at, reason: trigger.reason, runId, skipped: null });
  return runId;
}
