import type { ReactNode } from 'react';
import { Select } from '#renderer/ui/select.tsx';
import type { StageId } from '#shared/lib/ids.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import { serviceLogOf } from '#shared/run/service-log.ts';

/**
 * Chooses between the log of a stage and those of its services; null for a stage without services.
 * @param value the log that is shown
 */
export function logPicker(
  planned: PlannedStage | undefined,
  value: StageId,
  onValueChange: (log: StageId) => void,
): ReactNode {
  const { services = [] } = planned ?? {};
  if (planned === undefined || services.length === 0) return null;
  const logs = [
    { value: planned.id, label: 'Log of the stage' },
    ...services.map(({ id }) => ({ value: serviceLogOf(planned.id, id), label: `Service ${id}` })),
  ];
  return (
    <Select
      label="Whose log"
      hideLabel
      size="small"
      options={logs}
      value={value}
      onValueChange={onValueChange}
    />
  );
}

/** The service whose log that is; null for the log of the stage. */
export const serviceOf = (planned: PlannedStage | undefined, log: StageId): string | null =>
  planned?.services?.find(({ id }) => serviceLogOf(planned.id, id) === log)?.id ?? null;

/** What was chosen, as long as it belongs to the stage in view. */
export function chosenLog(
  planned: PlannedStage | undefined,
  chosen: StageId | null,
  stage: StageId,
): StageId {
  return chosen !== null && serviceOf(planned, chosen) !== null ? chosen : stage;
}
