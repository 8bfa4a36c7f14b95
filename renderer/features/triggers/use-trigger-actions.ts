import { useMemo, useState } from 'react';
import { toFailure } from '#renderer/bridge/app-failure.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { withTrust } from '#renderer/bridge/start-run.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { Trigger } from '#shared/api/trigger-schemas.ts';

export interface TriggerActions {
  /** Starts a run as the trigger would, and shows it. */
  readonly run: (trigger: Trigger) => void;
  readonly setPaused: (trigger: Trigger, paused: boolean) => void;
  readonly isStarting: boolean;
}

/** @param onPaused shows a pause before the host has told it */
export function useTriggerActions(onPaused: (trigger: Trigger, paused: boolean) => void): TriggerActions {
  const { client } = useBridge();
  const [isStarting, setIsStarting] = useState(false);
  return useMemo(() => {
    const run = async ({ projectId, file, type }: Trigger): Promise<void> => {
      setIsStarting(true);
      try {
        const start = () => client.trigger.run({ projectId, file, type });
        const started = await withTrust(client, { projectId, file }, start);
        if (started !== null) navigate({ screen: 'run', runId: started.id });
      } catch (error) {
        const { message, hint } = toFailure(error);
        showToast({
          tone: 'failed',
          title: message,
          ...(hint === null ? {} : { body: hint }),
          action: {
            label: 'Open the pipeline',
            run: () => navigate({ screen: 'pipeline', projectId, file }),
          },
        });
      } finally {
        setIsStarting(false);
      }
    };
    const setPaused = async (trigger: Trigger, paused: boolean): Promise<void> => {
      const { projectId, file, type } = trigger;
      onPaused(trigger, paused);
      try {
        await (paused ? client.trigger.pause : client.trigger.resume)({ projectId, file, type });
      } catch (error) {
        onPaused(trigger, !paused);
        showToast({ tone: 'failed', title: 'Could not change the trigger', body: toFailure(error).message });
      }
    };
    return {
      run: (trigger) => void run(trigger),
      setPaused: (trigger, paused) => void setPaused(trigger, paused),
      isStarting,
    };
  }, [client, onPaused, isStarting]);
}
