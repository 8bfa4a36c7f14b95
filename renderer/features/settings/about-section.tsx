import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Group, Line } from './group.tsx';

/** Which Pipewright this is. */
export function AboutSection() {
  const { client } = useBridge();
  const info = useRemote(['system', 'info'], (signal) => client.system.info(undefined, { signal }));
  const known = info.status === 'ready' ? info.value : null;
  return (
    <Group title="About">
      <Line
        label="Version"
        hint={known === null ? '' : `Runs up to ${known.maxParallel} stages at once here.`}
      >
        <span data-selectable>
          {known === null ? '' : `Pipewright ${known.version} on ${known.platform}`}
        </span>
      </Line>
    </Group>
  );
}
