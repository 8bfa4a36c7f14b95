import { useEffect } from 'react';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { finishedWords } from '#renderer/bridge/finished-words.ts';
import { createFinishDetector } from '#renderer/bridge/run-changes.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { parseRoute } from '#renderer/ui/navigation/route.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { RunStatus } from '#shared/run/status.ts';

const toneOf = (status: RunStatus) =>
  status === 'succeeded' ? 'succeeded' : status === 'failed' ? 'failed' : 'neutral';

/** Tells of a run that ended while its own screen is not the one in view. */
export function useFinishToasts(): void {
  const bridge = useBridge();
  useEffect(
    () =>
      bridge.onRuns(
        createFinishDetector(new Date().toISOString(), (run) => {
          const route = parseRoute(location.hash);
          if ('runId' in route && route.runId === run.id) return;
          const { title, body } = finishedWords(run);
          showToast({
            key: `finished ${run.id}`,
            tone: toneOf(run.status),
            title,
            body,
            action: { label: 'Open', run: () => navigate({ screen: 'run', runId: run.id }) },
          });
        }),
      ),
    [bridge],
  );
}
