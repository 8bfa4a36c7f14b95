import { AppError } from '#shared/lib/app-error.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findRun } from '../find-run.ts';
import { plainText } from '../run-output/stage-line.ts';
import { withHost } from '../with-host.ts';

/** Lets a stage that is paused after a failure go on; the host that runs it does so within a second. */
export function continueCommand(context: CliContext, word: string, stageName: string): Promise<ExitCode> {
  return withHost(context, async (host) => {
    const run = findRun(host.store, context, word);
    if (!(await host.continueAttempt(run.id, stageIdOf(stageName)))) {
      throw new AppError('run-not-active', `${stageName} of run #${run.number} is not paused.`, {
        hint: `See \`pipewright runs show ${run.id}\`.`,
      });
    }
    const { output } = context;
    if (output.format !== 'pretty') output.json({ id: run.id, stage: stageName, continued: true });
    else output.note(`${plainText(stageName)} of run #${run.number} goes on.`);
    return EXIT.succeeded;
  });
}
