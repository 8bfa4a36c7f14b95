import { ArrowRight, GitCompareArrows, Pin, PinOff } from 'lucide-react';
import { toFailure } from '#renderer/bridge/app-failure.ts';
import type { BridgeClient } from '#renderer/bridge/client.ts';
import type { MenuEntry } from '#renderer/ui/menu-entry.ts';
import { compareWithBefore } from '#renderer/bridge/compare-with-before.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { RunSummary } from '#shared/api/schemas.ts';

/** What can be done with a run of the list. */
export function historyMenu(
  client: BridgeClient,
  run: RunSummary,
  marked: RunSummary | null,
  onMark: (run: RunSummary | null) => void,
): readonly MenuEntry[] {
  const { id, pinned } = run;
  return [
    {
      label: 'Open',
      icon: <ArrowRight size={14} />,
      onSelect: () => navigate({ screen: 'run', runId: id }),
    },
    {
      label: 'Compare with the run before',
      icon: <GitCompareArrows size={14} />,
      onSelect: () => void compareWithBefore(client, id),
    },
    ...compareEntries(run, marked, onMark),
    {
      label: pinned ? 'Unpin' : 'Pin',
      icon: pinned ? <PinOff size={14} /> : <Pin size={14} />,
      onSelect: () => void pin(client, id, !pinned),
    },
  ];
}

/** Any two runs of a project: one is marked, the other says so. */
function compareEntries(
  run: RunSummary,
  marked: RunSummary | null,
  onMark: (run: RunSummary | null) => void,
): readonly MenuEntry[] {
  if (marked?.id === run.id) return [{ label: 'Do not compare it', onSelect: () => onMark(null) }];
  const mark: MenuEntry = { label: 'Choose for a comparison', onSelect: () => onMark(run) };
  if (marked === null || marked.projectId !== run.projectId) return [mark];
  const [before, after] = marked.createdAt <= run.createdAt ? [marked, run] : [run, marked];
  return [
    {
      label: `Compare with #${marked.number}`,
      onSelect: () => navigate({ screen: 'compare', before: before.id, after: after.id }),
    },
    mark,
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
