import type { Host } from '#main/host/create-host.ts';
import { commandThatRan } from '#main/host/debug-shell/command-that-ran.ts';
import { findShellStage } from '#main/host/debug-shell/shell-stage.ts';
import { readRun } from '#main/host/runs/read-run.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import { guarded, os } from './implementer.ts';

export function shellProcedures({ openShell, shells, engine, store, kinds }: Host) {
  return {
    command: os.shell.command.handler(({ input: { runId, stage, attempt } }) => {
      const run = engine.get(runId)?.state() ?? readRun(store.events, runId);
      return { command: commandThatRan(kinds, run, findShellStage(run, stageIdOf(stage), attempt)) };
    }),
    open: os.shell.open.handler(async ({ input }) => {
      const { runId, stage, attempt, withSecrets, columns, rows } = input;
      const session = await openShell({
        ...{ runId, attempt, withSecrets },
        stage: stageIdOf(stage),
        size: { columns, rows },
      });
      return { shellId: shells.add(session) };
    }),
    output: os.shell.output.handler(({ input, signal }) => guarded(shells.read(input.shellId, signal))),
    acknowledge: os.shell.acknowledge.handler(({ input }) => {
      shells.get(input.shellId).acknowledge(input.characters);
      return {};
    }),
    write: os.shell.write.handler(({ input }) => {
      shells.get(input.shellId).write(input.text);
      return {};
    }),
    resize: os.shell.resize.handler(({ input: { shellId, columns, rows } }) => {
      shells.get(shellId).resize({ columns, rows });
      return {};
    }),
    close: os.shell.close.handler(async ({ input }) => {
      await shells.close(input.shellId);
      return {};
    }),
  };
}
