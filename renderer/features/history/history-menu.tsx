import { ArrowRight, Pin, PinOff } from 'lucide-react';
import { toFailure } from '#renderer/bridge/app-failure.ts';
import type { BridgeClient } from '#renderer/bridge/client.ts';
import type { MenuEntry } from '#renderer/ui/menu-entry.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { RunSummary } from '#shared/api/schemas.ts';

/** What can be done with a run of the list. */
export function historyMenu(client: BridgeClient, { id, pinned }: RunSummary): readonly MenuEntry[] {
  return [
    {
      label: 'Open',
      icon: <ArrowRight size={14} />,
      onSelect: () => navigate({ screen: 'run', runId: id }),
    },
    {
      label: pinned ? 'Unpin' : 'Pin',
      icon: pinned ? <PinOff size={14} /> : <Pin size={14} />,
      onSelect: () => void pin(client, id, !pinned),
    },
  ];
}

async function pin(client: BridgeClient, runId: RunSummary['id'], pinned: boolean): Promise<void> {
  try {
    await client.run.pin({ runId, pinned });
  } catch (error) {
    const { message, hint } = toFailure(error);
    showToast({
      tone: 'failed',
      title: `Could not ${pinned ? 'pin' : 'unpin'} the run`,
      body: hint === null ? message : `${message} ${hint}`,
      key: 'run-action',
    });
  }
}
