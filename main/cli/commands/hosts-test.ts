import type { HostTestEvent, HostTestStep } from '#shared/api/host-schemas.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { onSignals } from '../on-signals.ts';
import { plainText } from '../run-output/stage-line.ts';
import { withHost } from '../with-host.ts';

export interface HostTestOptions {
  readonly acceptKey?: string;
}

/** What stands before the words of a step; as the screen names it. */
const TITLES: Readonly<Record<HostTestStep, string>> = {
  name: 'name',
  port: 'port',
  'host-key': 'host key',
  login: 'login',
  shell: 'shell',
  rsync: 'rsync',
  disk: 'disk',
  clock: 'clock',
};

/** Tells each step as it happens; 1 when one of them failed. */
export function testHostCommand(
  context: CliContext,
  name: string,
  { acceptKey }: HostTestOptions,
): Promise<ExitCode> {
  return withHost(context, async ({ sshHosts }) => {
    const { output } = context;
    const stopping = new AbortController();
    const stopListening = onSignals(() => stopping.abort());
    const { signal } = stopping;
    try {
      if (acceptKey !== undefined) {
        const { file } = await sshHosts.acceptKey(name, acceptKey, signal);
        output.note(`The key is in ${plainText(file)} now.`);
      }
      const ended: HostTestEvent[] = [];
      for await (const event of sshHosts.test(name, signal)) {
        if (event.status === 'running') continue;
        ended.push(event);
        if (output.format === 'ndjson') output.json(event);
        if (output.format === 'pretty') for (const line of linesOf(event, name, context)) output.line(line);
      }
      if (signal.aborted) return EXIT.cancelled;
      if (output.format === 'json') output.json(ended);
      return ended.some(({ status }) => status === 'failed') ? EXIT.failed : EXIT.succeeded;
    } catch (error) {
      if (signal.aborted) return EXIT.cancelled;
      throw error;
    } finally {
      stopListening();
    }
  });
}

function linesOf(
  { step, status, words, wayOut, offeredKey }: HostTestEvent,
  name: string,
  { output: { colors } }: CliContext,
): readonly string[] {
  if (status === 'running' || (status === 'skipped' && words === null)) return [];
  const mark = {
    passed: colors.green('✓'),
    warning: colors.yellow('!'),
    failed: colors.red('✕'),
    skipped: colors.dim('–'),
  }[status];
  const indent = ' '.repeat(12);
  const accept = `pipewright hosts test ${plainText(name)} --accept-key ${offeredKey?.fingerprint ?? ''}`;
  return [
    `${mark} ${TITLES[step].padEnd(10)}${plainText(words ?? '')}`,
    ...(wayOut === null ? [] : [indent + plainText(wayOut)]),
    ...(offeredKey === null ? [] : [indent + accept]),
  ];
}
