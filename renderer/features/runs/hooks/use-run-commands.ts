import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import type { BridgeClient } from '#renderer/bridge/client.ts';
import { compareWithBefore } from '#renderer/bridge/compare-with-before.ts';
import type { Command } from '#renderer/ui/commands/command-registry.ts';
import { useCommands } from '#renderer/ui/commands/use-commands.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { cancelRun, pinRun, rerun, resumeRun, runAgain } from '../run-actions.ts';
import { usePinned } from './use-pinned.ts';
import type { RunStore } from '../run-store.ts';
import { wayOn } from '../way-on.ts';

/** Offers what can be done with the run now; the list changes with its being over and nothing else. */
export function useRunCommands(store: RunStore): void {
  const { client } = useBridge();
  const way = useStore(store, ({ run }) => (run === null ? null : wayOn(run)));
  const isPinned = usePinned(useStore(store, ({ run }) => run?.runId ?? null));
  const commands = useMemo((): readonly Command[] => {
    if (way === null) return [];
    const act = (action: (to: BridgeClient, run: RunState) => Promise<void>) => () => {
      const { run } = store.getState();
      if (run !== null) void action(client, run);
    };
    const pin: Command = {
      id: 'run.pin',
      title: isPinned === true ? 'Unpin this run' : 'Pin this run',
      group: 'Run',
      keywords: ['keep', 'retention'],
      run: act((to, { runId }) => pinRun(to, runId, isPinned !== true)),
    };
    const compare: Command = {
      id: 'run.compare',
      title: 'Compare with the run before',
      group: 'Run',
      keywords: ['difference', 'previous'],
      run: act((to, { runId }) => compareWithBefore(to, runId)),
    };
    if (way === 'cancel')
      return [{ id: 'run.cancel', title: 'Cancel this run', group: 'Run', run: act(cancelRun) }, pin];
    const again: Command = {
      id: 'run.again',
      title: 'Run again',
      group: 'Run',
      shortcut: 'r',
      keywords: ['rerun', 'restart'],
      run: act(runAgain),
    };
    if (way === 'again') return [again, compare, pin];
    const failed: Command = {
      id: 'run.rerun-failed',
      title: 'Rerun failed',
      group: 'Run',
      shortcut: '.',
      keywords: ['retry', 'reuse'],
      run: act((to, run) => rerun(to, run, { from: 'failed' })),
    };
    if (way === 'rerun-failed') return [failed, again, compare, pin];
    const resume: Command = {
      id: 'run.resume',
      title: 'Resume this run',
      group: 'Run',
      run: act(resumeRun),
    };
    return [resume, failed, again, compare, pin];
  }, [client, store, way, isPinned]);
  useCommands(commands);
}
