import { RotateCw } from 'lucide-react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { DoctorTable } from './doctor-table.tsx';
import { Group } from './group.tsx';

/** What is installed here and what is missing. */
export function MachineSection() {
  const { client } = useBridge();
  const doctor = useRemote(['system', 'doctor'], (signal) => client.system.doctor(undefined, { signal }));
  return (
    <Group
      title="This machine"
      actions={
        <Button
          size="small"
          icon={<RotateCw size={14} />}
          busy={doctor.status === 'loading' || (doctor.status === 'ready' && doctor.isStale)}
          onClick={doctor.reload}
        >
          Check again
        </Button>
      }
    >
      {doctor.status === 'loading' && <SkeletonRows count={5} />}
      {doctor.status === 'failed' && <FailureState failure={doctor.failure} onRetry={doctor.reload} />}
      {doctor.status === 'ready' && <DoctorTable tools={doctor.value} />}
    </Group>
  );
}
