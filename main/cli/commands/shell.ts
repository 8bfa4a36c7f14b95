import process from 'node:process';
import type { ShellSession, TerminalSize } from '#main/engine/shell-place.ts';
import { commandThatRan } from '#main/host/debug-shell/command-that-ran.ts';
import { findShellStage } from '#main/host/debug-shell/shell-stage.ts';
import { readRun } from '#main/host/runs/read-run.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findRun } from '../find-run.ts';
import { onSignals } from '../on-signals.ts';
import { plainText } from '../run-output/stage-line.ts';
import { withHost } from '../with-host.ts';

export interface ShellOptions {
  readonly attempt?: number;
  readonly secrets?: boolean;
  readonly printCommand?: boolean;
}

/** Ends a line-based shell that reads from a pipe, as Ctrl+D does. */
const END_OF_INPUT = '\u0004';

/** Opens a shell where a stage failed or is paused, on this terminal, and waits for its end; or writes the command that ran there. */
export function shellCommand(
  context: CliContext,
  word: string,
  stageName: string,
  { attempt, secrets = false, printCommand = false }: ShellOptions,
): Promise<ExitCode> {
  const { output } = context;
  if (printCommand) return printed(context, word, stageName, attempt);
  if (output.format !== 'pretty')
    throw new AppError('usage', 'A shell has no other format.', { hint: 'Leave --format out.' });
  return withHost(context, async (host) => {
    const run = findRun(host.store, context, word);
    const session = await host.openShell({
      ...{ runId: run.id, attempt, withSecrets: secrets, size: sizeOf(output) },
      stage: stageIdOf(stageName),
    });
    const hint = secrets ? ', with its secrets' : '';
    output.note(`Shell in ${plainText(stageName)} of run #${run.number}${hint}; \`exit\` ends it.`);
    await bridge(session, output);
    return EXIT.succeeded;
  });
}

function printed(
  context: CliContext,
  word: string,
  stageName: string,
  attempt: number | undefined,
): Promise<ExitCode> {
  return withHost(context, ({ store, kinds }) => {
    const { output } = context;
    const run = readRun(store.events, findRun(store, context, word).id);
    const command = commandThatRan(kinds, run, findShellStage(run, stageIdOf(stageName), attempt));
    if (output.format === 'pretty') output.line(command);
    else output.json({ id: run.runId, stage: stageName, command });
    return EXIT.succeeded;
  });
}

const sizeOf = (output: CliContext['output']): TerminalSize => ({
  columns: output.columns(),
  rows: output.rows(),
});

/** Joins the shell's terminal and this one, until the shell ends. */
async function bridge(session: ShellSession, output: CliContext['output']): Promise<void> {
  const { stdin, stdout } = process;
  const isTerminal = stdin.isTTY;
  const onInput = (text: string): void => session.write(text);
  const onInputEnd = (): void => session.write(END_OF_INPUT);
  const onResize = (): void => session.resize(sizeOf(output));
  const close = (): void => void session.close();
  const stopSignals = onSignals(close);
  output.readerGone.addEventListener('abort', close);
  session.onData((text) => {
    if (stdout.write(text)) return;
    session.pause();
    stdout.once('drain', () => session.resume());
  });
  stdin.setEncoding('utf8').on('data', onInput).on('end', onInputEnd);
  stdout.on('resize', onResize);
  // Each key goes to the shell, Ctrl+C among them.
  if (isTerminal) stdin.setRawMode(true);
  try {
    await session.ended;
  } finally {
    if (isTerminal) stdin.setRawMode(false);
    stdin.off('data', onInput).off('end', onInputEnd).pause();
    stdout.off('resize', onResize);
    output.readerGone.removeEventListener('abort', close);
    stopSignals();
    await session.close();
  }
}
