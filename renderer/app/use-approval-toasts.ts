import { useEffect, useState } from 'react';
import { createApprovalDetector } from '#renderer/bridge/new-approvals.ts';
import { useWaitingApprovals } from '#renderer/bridge/waiting-approvals.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { parseRoute } from '#renderer/ui/navigation/route.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import { stageIdOf } from '#shared/lib/ids.ts';

/** Tells of a stage that begins to wait for a person while its run is not in view. */
export function useApprovalToasts(): void {
  const waiting = useWaitingApprovals();
  const [detect] = useState(createApprovalDetector);
  useEffect(() => {
    if (waiting === null) return;
    for (const { run, stage, message } of detect(waiting)) {
      const title = `${run.name} #${run.number} waits for approval`;
      const route = parseRoute(location.hash);
      if ('runId' in route && route.runId === run.id) continue;
      showToast({
        key: `approval ${run.id} ${stage}`,
        tone: 'warning',
        title,
        body: message,
        action: {
          label: 'Open',
          run: () => navigate({ screen: 'run', runId: run.id, stage: stageIdOf(stage) }),
        },
      });
    }
  }, [waiting, detect]);
}
