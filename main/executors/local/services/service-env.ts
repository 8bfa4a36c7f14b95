import type { PlaceRequest } from '#main/engine/ports.ts';
import type { PlannedProcessService } from '#shared/pipeline/plan-place.ts';

/** The variable that says which port stands for one that the file names. */
export const portVariable = (name: string): string => `PORT_${name}`;

/**
 * The whole environment of a service, and of the check of its health.
 * @param base what stages on this machine inherit
 * @param ports by the names that the file gives them, in its order; the first is `PORT` too
 */
export function serviceEnv(
  base: Readonly<Record<string, string>>,
  { env }: PlannedProcessService,
  { runId, stage, attempt, workspace }: Pick<PlaceRequest, 'runId' | 'stage' | 'attempt' | 'workspace'>,
  ports: Readonly<Record<string, number>>,
): Record<string, string> {
  const named = Object.entries(ports).map(([name, port]) => [portVariable(name), String(port)] as const);
  return {
    ...base,
    CI: 'true',
    PIPEWRIGHT: 'true',
    PIPEWRIGHT_RUN_ID: runId,
    PIPEWRIGHT_STAGE: stage,
    PIPEWRIGHT_ATTEMPT: String(attempt),
    PIPEWRIGHT_WORKSPACE: workspace,
    ...env,
    ...Object.fromEntries(named),
  };
}
