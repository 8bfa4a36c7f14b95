import type { KindContext, ToolExit } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { requireTool } from '../tools/require-tool.ts';
import type { Tool } from '../tools/tool.ts';
import { retryNetwork } from './retry-network.ts';

/** The command line of Subversion or Mercurial, as a stage runs it: it never asks, and speaks English. */
export interface RepositoryClient {
  /** What a question was answered with, without the line's end. @throws AppError `kind-failed` */
  text(...args: string[]): Promise<string>;
  /** A command whose output people see; tried again while the network fails. @throws AppError `kind-failed` */
  must(...args: string[]): Promise<ToolExit>;
  /** A command that may fail, unseen. */
  ask(...args: string[]): Promise<ToolExit>;
}

export interface RepositoryClientOptions {
  /** Relative to the kind's folder; '' is that folder. */
  readonly in?: string;
  /** Options of every command, before the others. */
  readonly options?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly retries?: number;
  /** What starts the tool, with its command behind it. */
  readonly wrap?: readonly [string, ...string[]];
}

/** @throws AppError `tool-missing` */
export async function createRepositoryClient(
  context: KindContext,
  tool: Tool,
  { in: folder, options = [], env = {}, retries = 0, wrap }: RepositoryClientOptions,
): Promise<RepositoryClient> {
  const found = await requireTool(context, [tool], `work with a repository of ${tool.name}`);
  const [program, ...before]: readonly [string, ...string[]] = wrap
    ? [...wrap, ...found.command]
    : found.command;
  const exec = (args: readonly string[], isHidden: boolean): Promise<ToolExit> =>
    context.exec({
      argv: [program, ...before, ...options, ...args],
      env: { LC_ALL: 'C.UTF-8', SSH_ASKPASS_REQUIRE: 'never', ...env },
      ...(folder ? { in: folder } : {}),
      ...(isHidden && { silent: 'both' as const }),
    });
  const checked = (args: readonly string[], exit: ToolExit): ToolExit => {
    if (exit.outcome.type === 'succeeded') return exit;
    throw commandFailed(tool.name, args, exit);
  };
  return {
    ask: (...args) => exec(args, true),
    async text(...args) {
      const exit = await retryNetwork(context, retries, () => exec(args, true));
      return checked(args, exit).stdout.replace(/\r?\n$/, '');
    },
    async must(...args) {
      await context.say(`${tool.name} ${args.join(' ')}`);
      return checked(args, await retryNetwork(context, retries, () => exec(args, false)));
    },
  };
}

function commandFailed(name: string, [command = '']: readonly string[], exit: ToolExit): AppError {
  const lines = exit.stderr.split('\n').map((line) => line.trim());
  const reason =
    lines.find((line) => /^(abort:|svn: (E\d+|warning: W1[67]))/.test(line)) ?? lines.find(Boolean);
  const said =
    reason?.replace(/^(abort|svn): (error: )?/, '').slice(0, 400) ??
    `exit code ${exit.exitCode ?? 'unknown'}`;
  const message = `${name} ${command} failed: ${said}`;
  const isRefused = /E170001|E215004|authorization|http authorization required|E230001/i.test(exit.stderr);
  const hint = isRefused
    ? 'Give the name and the password that the server wants.'
    : /E170000|E160013|E180001|not found|unknown revision|does not exist|non-existent/i.test(exit.stderr)
      ? 'Look at the address, and at what is to be checked out of it.'
      : undefined;
  return new AppError(
    'kind-failed',
    message.endsWith('.') ? message : `${message}.`,
    hint === undefined ? {} : { hint },
  );
}
