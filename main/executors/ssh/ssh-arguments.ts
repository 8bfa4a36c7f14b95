import { AppError } from '#shared/lib/app-error.ts';

/** How the user's own OpenSSH is called. */
export interface SshProgram {
  /** `ssh`, or a path to it. */
  readonly file: string;
  /** Instead of the user's own configuration file; null: that. */
  readonly configFile: string | null;
}

/** The `ssh` on the path, with the file that `PIPEWRIGHT_SSH_CONFIG` names instead of the user's own. */
export function sshProgram(env: NodeJS.ProcessEnv): SshProgram {
  const configFile = env['PIPEWRIGHT_SSH_CONFIG'];
  return { file: 'ssh', configFile: configFile === undefined || configFile === '' ? null : configFile };
}

/** A name as OpenSSH takes it. @throws AppError `ssh-failed` for one that it would read as an option or as two words */
export function checkHost(host: string): string {
  if (/^[^\s-][^\s]*$/.test(host)) return host;
  throw new AppError('ssh-failed', `"${host}" is no name of a host.`, {
    hint: 'Write a name from ~/.ssh/config, a host name or user@host.',
  });
}

/** What was read of `ssh -G`: the options that a host has after the user's configuration. */
export function parseOptions(text: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const space = line.indexOf(' ');
    const name = line.slice(0, space);
    if (space > 0 && !options.has(name)) options.set(name, line.slice(space + 1));
  }
  return options;
}

const CONNECT_TIMEOUT_S = 15;

/**
 * What stands before the host in every call. The user's configuration decides all but this: nothing is asked on a terminal,
 * no forwarding is opened, and a configuration that takes host keys that nobody has accepted is not followed.
 * @param options of the host, see `parseOptions`
 */
export function commonArguments(
  { configFile }: SshProgram,
  options: ReadonlyMap<string, string> = new Map(),
): readonly string[] {
  const takesNewKeys = /^(no|off|false|accept-new)$/i.test(options.get('stricthostkeychecking') ?? '');
  const looksItself = /^[1-9]\d*$/.test(options.get('serveraliveinterval') ?? '');
  const hasTimeout = /^\d+$/.test(options.get('connecttimeout') ?? '');
  const settings = [
    'BatchMode=yes',
    'LogLevel=ERROR',
    'RequestTTY=no',
    'RemoteCommand=none',
    'ClearAllForwardings=yes',
    ...(looksItself ? [] : ['ServerAliveInterval=15', 'ServerAliveCountMax=3']),
    ...(hasTimeout ? [] : [`ConnectTimeout=${CONNECT_TIMEOUT_S}`]),
    ...(takesNewKeys ? ['StrictHostKeyChecking=yes'] : []),
  ];
  return [
    ...(configFile === null ? [] : ['-F', configFile]),
    ...settings.flatMap((setting) => ['-o', setting]),
  ];
}
