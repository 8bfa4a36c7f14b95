import type { SshHostInfo } from '#shared/api/host-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { hostProblem, labelProblem } from '#shared/pipeline/place-values.ts';
import type { CliContext } from '../context.ts';
import { didYouMean } from '../did-you-mean.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { plainText } from '../run-output/stage-line.ts';
import { withHost } from '../with-host.ts';

export interface HostOptions {
  readonly label: readonly string[];
  readonly slots?: number;
}

export function listHostsCommand(context: CliContext): Promise<ExitCode> {
  return withHost(context, ({ sshHosts }) => {
    const { output } = context;
    const hosts = sshHosts.list();
    if (output.format === 'json') output.json(hosts);
    else if (output.format === 'ndjson') for (const host of hosts) output.json(host);
    else {
      const width = Math.max(0, ...hosts.map(({ name }) => plainText(name).length));
      for (const host of hosts) output.line(lineOf(host, width, context));
      if (hosts.length === 0) {
        output.note('No host is registered; one that ssh knows can be used without that, with one slot.');
        output.note('Register one with `pipewright hosts add NAME`.');
      }
    }
    return EXIT.succeeded;
  });
}

function lineOf(
  { name, labels, slots, usedSlots, lastTest }: SshHostInfo,
  width: number,
  context: CliContext,
) {
  const { colors } = context.output;
  const state =
    lastTest === null
      ? colors.dim('not tested')
      : lastTest.problem === null
        ? colors.green('works')
        : colors.red(plainText(lastTest.problem));
  const used = `${usedSlots} of ${slots} ${slots === 1 ? 'slot' : 'slots'} used`;
  return [plainText(name).padEnd(width), used, labels.map(plainText).join(', '), state]
    .filter((part) => part !== '')
    .join('  ');
}

export function addHostCommand(
  context: CliContext,
  name: string,
  { label: labels, slots = 1 }: HostOptions,
): Promise<ExitCode> {
  refuse('The name of a host', name, hostProblem(name));
  for (const label of labels) refuse('A label', label, labelProblem(label));
  return withHost(context, ({ sshHosts }) => {
    const { output } = context;
    const host = sshHosts.save({ name, labels, slots });
    if (output.format !== 'pretty') output.json(host);
    else
      output.note(
        `${plainText(name)} is registered. Try it with \`pipewright hosts test ${plainText(name)}\`.`,
      );
    return EXIT.succeeded;
  });
}

/** @param problem see `hostProblem` */
function refuse(what: string, value: string, problem: string | null): void {
  if (problem !== null) throw new AppError('usage', `${what} ${problem}, but is ${plainText(value)}.`);
}

export function removeHostCommand(context: CliContext, name: string): Promise<ExitCode> {
  return withHost(context, ({ sshHosts }) => {
    const { output } = context;
    if (!sshHosts.remove(name)) {
      const names = sshHosts.list().map((host) => host.name);
      throw new AppError('usage', `There is no host ${plainText(name)}.`, {
        hint: didYouMean(name, names, 'See `pipewright hosts list`.'),
      });
    }
    if (output.format !== 'pretty') output.json({ name, removed: true });
    else output.note(`${plainText(name)} is forgotten.`);
    return EXIT.succeeded;
  });
}
