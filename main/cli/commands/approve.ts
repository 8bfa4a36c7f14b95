import { AppError } from '#shared/lib/app-error.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findRun } from '../find-run.ts';
import { plainText } from '../run-output/stage-line.ts';
import { withHost } from '../with-host.ts';

export interface Decision {
  readonly decision: 'approved' | 'rejected';
  readonly comment?: string;
}

/** Decides a stage that waits, in the name of whoever uses this machine; the host that runs it goes on then. */
export function decideCommand(
  context: CliContext,
  word: string,
  stageName: string,
  { decision, comment = '' }: Decision,
): Promise<ExitCode> {
  return withHost(context, async (host) => {
    const run = findRun(host.store, context, word);
    const stage = stageIdOf(stageName);
    const wish = { runId: run.id, stage, decision, comment: comment === '' ? null : comment };
    const by = await host.decide(wish);
    if (by === null) {
      throw new AppError('run-not-active', `${stageName} of run #${run.number} does not wait for approval.`, {
        hint:
          run.status === 'interrupted'
            ? `The run is interrupted; go on with it first: pipewright runs resume ${run.id}`
            : `See \`pipewright runs show ${run.id}\`.`,
      });
    }
    const { output } = context;
    if (output.format !== 'pretty') output.json({ id: run.id, stage, decision, by });
    else output.note(`${plainText(stageName)} of run #${run.number} is ${decision} by ${plainText(by)}.`);
    return EXIT.succeeded;
  });
}
