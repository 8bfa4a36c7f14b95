import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findRun } from '../find-run.ts';
import { plainText } from '../run-output/stage-line.ts';
import { withHost } from '../with-host.ts';

/** A pinned run is never removed by `gc`. */
export function pinRunCommand(context: CliContext, word: string, isPinned: boolean): Promise<ExitCode> {
  return withHost(context, ({ store }) => {
    const run = findRun(store, context, word);
    store.runs.pin(run.id, isPinned);
    const { output } = context;
    if (output.format !== 'pretty') output.json({ id: run.id, pinned: isPinned });
    else
      output.note(
        `Run #${run.number} of ${plainText(run.name)} is ${isPinned ? 'pinned' : 'no longer pinned'}.`,
      );
    return EXIT.succeeded;
  });
}
