import { useEffect, useMemo } from 'react';
import { openProjectAt } from '#renderer/features/projects/open-folder.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { setThemeChoice, useTheme } from '#renderer/theme/theme-store.ts';
import { listCommands, useCommandStore } from '#renderer/ui/commands/command-registry.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import type { ContextCommand, ShellCommand } from '#shared/api/desktop-ipc.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { runIdOf } from '#shared/lib/ids.ts';
import { showOverlay } from './overlay-store.ts';

/** Which commands of the window an entry of the application menu stands for; the first that is offered now. */
const MEANS: Record<ContextCommand, readonly string[]> = {
  'run-pipeline': ['pipeline.run', 'project.run'],
  'run-again': ['run.again'],
  'cancel-run': ['run.cancel'],
};

const CONTEXT = Object.keys(MEANS) as ContextCommand[];

/** In the desktop application: does what its menu, a second start or a notification asks, and tells it what is possible and how it looks. */
export function useShell(): void {
  const bridge = useBridge();
  const { desktop } = bridge;
  const choice = useTheme((state) => state.choice);
  const offered = useCommandStore();
  const available = useMemo(() => {
    const ids = new Set(listCommands(offered).map(({ id }) => id));
    return CONTEXT.filter((command) => MEANS[command].some((id) => ids.has(id))).join(' ');
  }, [offered]);

  useEffect(() => {
    if (desktop === undefined) return undefined;
    return desktop.onCommand((command) => obey(command));

    function obey(command: ShellCommand): void {
      switch (command.type) {
        case 'open-project':
          void openProjectAt(bridge, command.dir);
          return;
        case 'open-run':
          navigate({ screen: 'run', runId: runIdOf(command.runId) });
          return;
        case 'go':
          navigate({ screen: command.screen });
          return;
        case 'set-theme':
          setThemeChoice(command.theme);
          return;
        case 'show-palette':
          showOverlay('palette');
          return;
        case 'show-shortcuts':
          showOverlay('keys');
          return;
        case 'run-pipeline':
        case 'run-again':
        case 'cancel-run': {
          const commands = listCommands(useCommandStore.getState());
          const ids = MEANS[command.type];
          commands.find(({ id }) => ids.includes(id))?.run();
          return;
        }
        default:
          assertNever(command);
      }
    }
  }, [bridge, desktop]);
  useEffect(() => {
    void desktop?.setTheme(choice);
  }, [desktop, choice]);
  useEffect(() => {
    void desktop?.setCommands(CONTEXT.filter((command) => available.split(' ').includes(command)));
  }, [desktop, available]);
}
