import type { Host } from '#main/host/create-host.ts';
import { followNotices } from '#main/host/follow-notices.ts';
import { listDeliveries } from '#main/host/settings/list-deliveries.ts';
import { previewNotification, testNotification } from '#main/host/settings/test-notification.ts';
import { guarded, os } from './implementer.ts';

export function notificationProcedures(host: Host) {
  return {
    test: os.notification.test.handler(async ({ input, signal }) => {
      const reason = await testNotification(host, input, signal ?? new AbortController().signal);
      return { sent: reason === null, reason };
    }),
    preview: os.notification.preview.handler(({ input }) => previewNotification(input)),
    desktop: os.notification.desktop.handler(({ signal }) => {
      const now = { at: new Date().toISOString(), cursor: host.store.runs.changeCursor() };
      return guarded(followNotices(host, now, signal));
    }),
    history: os.notification.history.handler(({ input }) => listDeliveries(host.store, input.limit)),
  };
}
