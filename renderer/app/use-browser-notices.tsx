import { Bell } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { stayConnected } from '#renderer/bridge/stay-connected.ts';
import type { Command } from '#renderer/ui/commands/command-registry.ts';
import { useCommands } from '#renderer/ui/commands/use-commands.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { DesktopNotice } from '#shared/api/notice-schema.ts';
import { runIdOf } from '#shared/lib/ids.ts';

const OFFERED_KEY = 'pipewright.notifications-offered';

/**
 * In a browser: tells what happens while the page is not in front by a notification of the system, if the person allows it.
 * They are asked when they ask for it: by a toast that comes once, or by a command. The desktop application does all this itself.
 */
export function useBrowserNotices(): void {
  const { client, connection, desktop } = useBridge();
  const isOffered = desktop === undefined && 'Notification' in window;
  // Asking takes the window to another process and back: once is enough.
  const [permission, setPermission] = useState(() => (isOffered ? Notification.permission : 'denied'));

  useEffect(() => {
    if (!isOffered) return undefined;
    const end = new AbortController();
    const { signal } = end;
    void stayConnected(
      { connection, signal, outlivesRefusals: true },
      () => client.notification.desktop(undefined, { signal }),
      (notice) => {
        if (!document.hasFocus()) tell(notice, () => void ask(setPermission));
        return false;
      },
    );
    return () => end.abort();
  }, [client, connection, isOffered]);

  const commands = useMemo<readonly Command[]>(
    () =>
      permission === 'default'
        ? [
            {
              id: 'app.allow-notifications',
              title: 'Allow notifications of this browser',
              group: 'View',
              icon: <Bell size={16} />,
              keywords: ['desktop', 'tell'],
              run: () => void ask(setPermission),
            },
          ]
        : [],
    [permission],
  );
  useCommands(commands);
}

/** Browsers ask only when a click or a key led here. */
async function ask(onAnswer: (permission: NotificationPermission) => void): Promise<void> {
  onAnswer(await Notification.requestPermission());
}

function tell({ title, body, runId }: DesktopNotice, onAllow: () => void): void {
  if (Notification.permission === 'granted') {
    // Of several tabs that tell the same, the system shows one.
    const notification = new Notification(title, { body, tag: `${runId} ${title}` });
    notification.onclick = () => {
      window.focus();
      navigate({ screen: 'run', runId: runIdOf(runId) });
      notification.close();
    };
  } else if (Notification.permission === 'default' && localStorage.getItem(OFFERED_KEY) === null) {
    localStorage.setItem(OFFERED_KEY, 'yes');
    showToast({
      key: 'allow-notifications',
      title: 'This happened while you were away',
      body: 'Pipewright can tell you by a notification of your system.',
      action: { label: 'Allow', run: onAllow },
    });
  }
}
