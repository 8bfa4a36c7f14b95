import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import type { BridgeClient } from '#renderer/bridge/client.ts';
import type { Command } from '#renderer/ui/commands/command-registry.ts';
import { useCommands } from '#renderer/ui/commands/use-commands.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { isFinalRunStatus } from '#shared/run/status.ts';
import { cancelRun, runAgain } from '../run-actions.ts';
import type { RunStore } from '../run-store.ts';

/** Offers what can be done with the run now; the list changes with its being over and nothing else. */
export function useRunCommands(store: RunStore): void {
  const { client } = useBridge();
  const isOver = useStore(store, ({ run }) => (run === null ? null : isFinalRunStatus(run.status)));
  const commands = useMemo((): readonly Command[] => {
    if (isOver === null) return [];
    const act = (action: (to: BridgeClient, run: RunState) => Promise<void>) => () => {
      const { run } = store.getState();
      if (run !== null) void action(client, run);
    };
    if (!isOver) return [{ id: 'run.cancel', title: 'Cancel this run', group: 'Run', run: act(cancelRun) }];
    return [
      {
        id: 'run.again',
        title: 'Run again',
        group: 'Run',
        shortcut: 'r',
        keywords: ['rerun', 'restart'],
        run: act(runAgain),
      },
    ];
  }, [client, store, isOver]);
  useCommands(commands);
}
