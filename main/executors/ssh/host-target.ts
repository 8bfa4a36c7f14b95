import { execFile } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { checkHost, parseOptions, type SshProgram } from './ssh-arguments.ts';
import { sshFailure } from './ssh-failure.ts';

const run = promisify(execFile);

/** What the user's configuration makes of a name. */
export interface HostTarget {
  readonly hostname: string;
  readonly port: number;
  readonly user: string;
  /** It is reached through another host or a command, so that nobody else can connect to it from here. */
  readonly isProxied: boolean;
  /** Under which its key stands in the files of known hosts. */
  readonly knownName: string;
  /** The user's files of known hosts, absolute; the first is the one that keys are added to. */
  readonly knownHostsFiles: readonly string[];
  /** Names in them are hashed. */
  readonly hashesNames: boolean;
  readonly connectTimeoutMs: number;
  /** All options, see `commonArguments`. */
  readonly options: ReadonlyMap<string, string>;
}

const CONNECT_TIMEOUT_S = 10;

/** Asks ssh; nothing is connected to. @throws AppError `ssh-failed` when it cannot read its configuration */
export async function hostTarget(
  name: string,
  program: SshProgram,
  signal: AbortSignal,
): Promise<HostTarget> {
  const config = program.configFile === null ? [] : ['-F', program.configFile];
  try {
    const { stdout } = await run(program.file, [...config, '-G', '--', checkHost(name)], {
      windowsHide: true,
      signal,
    });
    return targetOf(name, parseOptions(stdout));
  } catch (error) {
    signal.throwIfAborted();
    const words = (error as { stderr?: string }).stderr ?? '';
    throw sshFailure(name, words === '' ? String(error) : words);
  }
}

/** @param options as `ssh -G` told them */
export function targetOf(name: string, options: ReadonlyMap<string, string>): HostTarget {
  const hostname = options.get('hostname') ?? name;
  const port = Number(options.get('port') ?? 22);
  const isSet = (option: string): boolean => (options.get(option) ?? 'none') !== 'none';
  const timeout = Number(options.get('connecttimeout'));
  return {
    hostname,
    port,
    user: options.get('user') ?? '',
    isProxied: isSet('proxyjump') || isSet('proxycommand'),
    knownName: options.get('hostkeyalias') ?? (port === 22 ? hostname : `[${hostname}]:${port}`),
    knownHostsFiles: words(options.get('userknownhostsfile') ?? '')
      .filter((file) => file !== 'none' && file !== '/dev/null')
      .map(inHome),
    hashesNames: options.get('hashknownhosts') === 'yes',
    connectTimeoutMs: (timeout > 0 ? timeout : CONNECT_TIMEOUT_S) * 1_000,
    options,
  };
}

/** Words as ssh writes them: one that has spaces stands in quotes. */
const words = (text: string): readonly string[] =>
  [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

const inHome = (file: string): string =>
  file.startsWith('~/') ? path.join(os.homedir(), file.slice(2)) : path.resolve(file);
