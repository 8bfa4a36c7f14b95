import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';
import type { KindContext, ToolExit } from '#main/engine/kind-ports.ts';
import { again, Passing } from '../http/peer.ts';
import { writePrivate } from '../private-folder.ts';
import { sha256OfFile } from './sha256-of-file.ts';
import type { FileTarget } from './target.ts';
import type { Tool } from '../../tools/tool.ts';

export const SFTP: Tool = {
  name: 'sftp',
  bins: ['sftp'],
  install: 'apt install openssh-client; macOS and Windows have it',
};

export interface SftpOptions {
  readonly context: KindContext;
  readonly command: readonly [string, ...string[]];
  readonly configFile: string | null;
  /** As the user's OpenSSH knows it. */
  readonly host: string;
  /** There; without a slash at its end. */
  readonly folder: string;
  readonly retries: number;
  /** Of this step, for what is read back and for the commands of sftp. */
  readonly privateDir: string;
}

/**
 * A folder of a host, by the user's own sftp. A file is sent under another name, of which the digest is a part, and goes on
 * there where a connection was cut; then it is renamed, and read back to be compared.
 */
export function createSftpTarget(options: SftpOptions): FileTarget {
  const { context, host, folder, retries, privateDir } = options;
  const peer = { name: `the host ${host}`, context, retries };
  let count = 0;

  /** Runs commands of sftp; one that begins with `-` may fail. */
  async function batch(lines: readonly string[]): Promise<ToolExit> {
    const file = await writePrivate(privateDir, `batch-${++count}`, `${lines.join('\n')}\n`);
    const settings = ['BatchMode=yes', 'ConnectTimeout=15', 'ServerAliveInterval=15', 'LogLevel=ERROR'];
    const exit = await context.exec({
      argv: [
        ...options.command,
        ...(options.configFile === null ? [] : ['-F', options.configFile]),
        ...['-q', '-b', file, ...settings.flatMap((one) => ['-o', one]), '--', host],
      ],
      silent: 'both',
      without: Object.keys(context.secrets),
    });
    await rm(file, { force: true });
    // OpenSSH answers so when the connection did not come about or was cut; a command that fails is 1.
    if (exit.exitCode === 255) {
      if (isRefusal(exit.stderr)) throw sftpFailed(host, 'let anyone in', exit);
      throw new Passing(`${peer.name} cannot be reached: ${lastLine(exit.stderr)}`);
    }
    if (/Connection (closed|reset)|Broken pipe|lost connection/i.test(exit.stderr)) {
      throw new Passing(`${peer.name} cut the connection`);
    }
    return exit;
  }

  const placeOf = (file: string): string => `${folder}/${file}`;
  return {
    name: `${host}:${folder}`,
    urlOf: (file) => `sftp://${host}${folder.startsWith('/') ? '' : '/~/'}${placeOf(file)}`,
    async digestOf(file) {
      const copy = path.join(privateDir, `copy-${++count}`);
      await again(peer, () => batch([`-get ${quoteSftp(placeOf(file.path))} ${quoteSftp(copy)}`]));
      if ((await stat(copy).catch(() => null)) === null) return null;
      const { sha256 } = await sha256OfFile(copy, context.signal);
      await rm(copy);
      return sha256;
    },
    async send(file) {
      const target = placeOf(file.path);
      const part = `${target}.part-${file.sha256.slice(0, 16)}`;
      const local = quoteSftp(file.absolute);
      await again(peer, async () => {
        // `reput` goes on with what is there; where nothing is, it fails and `put` begins.
        const sent = await batch([
          ...parentsOf(target).map((dir) => `-mkdir ${quoteSftp(dir)}`),
          `reput ${local} ${quoteSftp(part)}`,
        ]);
        if (sent.outcome.type === 'succeeded') return;
        const anew = await batch([`put ${local} ${quoteSftp(part)}`]);
        if (anew.outcome.type !== 'succeeded') throw sftpFailed(host, `take ${file.path}`, anew);
      });
      // Some servers do not rename over a file.
      const renamed = await again(peer, () =>
        batch([`-rm ${quoteSftp(target)}`, `rename ${quoteSftp(part)} ${quoteSftp(target)}`]),
      );
      if (renamed.outcome.type !== 'succeeded') throw sftpFailed(host, `take ${file.path}`, renamed);
    },
  };
}

/** A name as sftp reads it in its commands: quotes for spaces, and no pattern. @throws AppError `usage` */
export function quoteSftp(name: string): string {
  if (/[\r\n\0]/.test(name)) {
    throw new AppError(
      'usage',
      `${JSON.stringify(name)} cannot be sent by sftp: a line break stands in its name.`,
    );
  }
  const slashed = process.platform === 'win32' ? name.replaceAll('\\', '/') : name;
  return `"${slashed.replaceAll(/[\\"*?[\]]/g, String.raw`\$&`)}"`;
}

/** The folders of a path, the outermost first. */
export function parentsOf(file: string): readonly string[] {
  const parts = file.split('/').slice(0, -1);
  return parts
    .map((_part, index) => parts.slice(0, index + 1).join('/'))
    .filter((dir) => dir !== '' && dir !== '.');
}

const isRefusal = (stderr: string): boolean =>
  /permission denied|host key verification failed|identification has changed|no matching/i.test(stderr);

function lastLine(text: string): string {
  const last = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .findLast((line) => !/^Connection closed/.test(line));
  return (last ?? 'it does not answer').slice(0, 300).replace(/\.$/, '');
}

function sftpFailed(host: string, doing: string, { stderr }: ToolExit): AppError {
  return new AppError('service-failed', `The host ${host} refused to ${doing}: ${lastLine(stderr)}.`, {
    hint: `Try \`sftp ${host}\` by hand: a key that it knows, its host key, and rights in the folder are needed.`,
  });
}
