import type { KindContext, ToolCommand, ToolExit } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { type Credential, gitEnvironment } from '#shared/lib/git-credential.ts';
import { requireTool } from '../../tools/require-tool.ts';
import { retryNetwork } from '../retry-network.ts';
import { GIT } from '../tools.ts';
import { followFetch, isFetchProgress } from './fetch-progress.ts';

/** Git in one folder, as a stage runs it: it never asks anybody, and says everything in English. */
export interface GitClient {
  /** Runs a command whose output people see in the log. */
  run(...args: string[]): Promise<ToolExit>;
  /** The same without its output in the log, for questions. */
  ask(...args: string[]): Promise<ToolExit>;
  /** What a question was answered with, without the line's end. @throws AppError `kind-failed` when Git refused */
  text(...args: string[]): Promise<string>;
  /** Runs a command that must succeed. @throws AppError as `gitFailed` */
  must(...args: string[]): Promise<ToolExit>;
  /** As `must`, for a command that talks to a server: tried again while the network fails. */
  fetch(...args: string[]): Promise<ToolExit>;
}

export interface GitClientOptions {
  /** Relative to the kind's folder; '' or absent: that folder. */
  readonly in?: string;
  /** Git's configuration for these commands alone. */
  readonly config?: readonly (readonly [name: string, value: string])[];
  readonly credential?: Credential | null;
  readonly env?: Readonly<Record<string, string>>;
  /** How often more a server is asked while the network fails. */
  readonly retries?: number;
}

/** @throws AppError `tool-missing` */
export async function createGitClient(
  context: KindContext,
  options: GitClientOptions = {},
): Promise<GitClient> {
  const found = await requireTool(context, [GIT], 'work with a Git repository');
  const env = environment(context, options);
  const exec = (args: readonly string[], silent?: ToolCommand['silent']): Promise<ToolExit> =>
    context.exec({
      argv: [...found.command, ...args],
      env,
      ...(options.in ? { in: options.in } : {}),
      ...(silent ? { silent } : { filterStderr: followFetch(context) }),
    });
  const shown = async (args: readonly string[]): Promise<ToolExit> => {
    await context.say(`git ${args.join(' ')}`);
    return exec(args);
  };
  return {
    run: (...args) => shown(args),
    ask: (...args) => exec(args, 'both'),
    async text(...args) {
      const exit = await exec(args, 'both');
      if (exit.outcome.type !== 'succeeded') throw gitFailed(args, exit);
      return exit.stdout.replace(/\r?\n$/, '');
    },
    async must(...args) {
      const exit = await shown(args);
      if (exit.outcome.type !== 'succeeded') throw gitFailed(args, exit);
      return exit;
    },
    async fetch(...args) {
      const exit = await retryNetwork(context, options.retries ?? 0, () => shown(args));
      if (exit.outcome.type !== 'succeeded') throw gitFailed(args, exit);
      return exit;
    },
  };
}

function environment(context: KindContext, options: GitClientOptions): Record<string, string> {
  const { env: outer, runsHere } = context;
  const config = [
    ...(options.config ?? []),
    // In a container the workspace may belong to another user than the one who asks.
    ...(runsHere ? [] : [['safe.directory', '*'] as const]),
  ];
  return { ...gitEnvironment(outer, options.credential ?? null, config), ...options.env };
}

/** Why a command of Git failed, with what to do about the usual causes. */
export function gitFailed(
  [command = '']: readonly string[],
  { stderr, exitCode }: Pick<ToolExit, 'stderr' | 'exitCode'>,
): AppError {
  const lines = stderr
    .split(/[\r\n]/)
    .map((line) => line.trim())
    .filter((line) => !isFetchProgress(line));
  const reason =
    lines.find((line) => /^(fatal|error|remote: error):/.test(line)) ?? lines.find(Boolean) ?? '';
  const said = reason.replace(/^(fatal|error): /, '').slice(0, 400);
  const message = `git ${command} failed: ${said === '' ? `exit code ${exitCode ?? 'unknown'}` : said}`;
  const hint = HINTS.find(([pattern]) => pattern.test(stderr))?.[1];
  return new AppError(
    'kind-failed',
    message.endsWith('.') ? message : `${message}.`,
    hint === undefined ? {} : { hint },
  );
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /authentication failed|could not read (username|password)|terminal prompts disabled|error: 40[13]/i,
    'Set `password` (and `username`) to a secret with access to the repository.',
  ],
  [
    /permission denied \(publickey/i,
    'Let ssh-agent or your ssh configuration offer a key that the server knows.',
  ],
  [/host key verification failed/i, 'Connect once by hand and look at the key, or add it to known_hosts.'],
  [
    /transport 'file' not allowed/i,
    'Git refuses submodules from this machine; `git config --global protocol.file.allow always` lets it, if you trust them.',
  ],
  [/overwritten by checkout|would be overwritten/i, 'Set `clean: true`, or check out into another `path`.'],
  [
    /not found|does not appear to be a git repository|does not exist/i,
    'Look at `url`, and whether you may read it.',
  ],
];
