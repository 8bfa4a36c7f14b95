import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { KindServices } from '../../services.ts';
import { requireTool } from '../../tools/require-tool.ts';
import type { PublishFilesSettings } from '../files.ts';
import { serverUrl } from '../settings.ts';
import { createFolderTarget } from './folder-target.ts';
import { createS3Target } from './s3-target.ts';
import { createSftpTarget, SFTP } from './sftp-target.ts';
import type { FileTarget } from './target.ts';

/** The place that settings name. @throws AppError `usage`, `tool-missing` */
export async function openTarget(
  given: PublishFilesSettings,
  context: KindContext,
  { sshConfigFile }: KindServices,
  privateDir: string,
): Promise<FileTarget> {
  const { to, target } = given;
  for (const [name, value] of [
    ['name', given.name],
    ['version', given.version],
  ] as const) {
    if (value.split('/').some((part) => part === '..' || part === '.') || /[\\\0]|^\//.test(value)) {
      throw new AppError(
        'path-outside',
        `\`${name}\`: ${JSON.stringify(value)} is no folder below the target.`,
      );
    }
  }
  switch (to) {
    case 'folder':
      if (!path.isAbsolute(target)) throw unfit(target, 'folder', 'an absolute path, such as /srv/releases');
      return createFolderTarget(path.normalize(target), context.signal);
    case 's3': {
      const [bucket = '', ...rest] = target.split('/').filter((part) => part !== '');
      if (!/^[a-z0-9][a-z0-9.-]+$/i.test(bucket) || rest.includes('..'))
        throw unfit(target, 's3', '`bucket/prefix`');
      const endpoint = given.endpoint === '' ? `https://s3.${given.region}.amazonaws.com` : given.endpoint;
      const url = serverUrl(endpoint, 'endpoint');
      return createS3Target({
        peer: { name: `the service ${url.host}`, context, retries: given.retries },
        ...{ endpoint: url, bucket, region: given.region },
        prefix: rest.length === 0 ? '' : `${rest.join('/')}/`,
        accessKeyId: given['access-key-id'],
        secretAccessKey: given['secret-access-key'],
        sessionToken: given['session-token'],
      });
    }
    case 'sftp': {
      if (!context.runsHere) {
        throw new AppError('usage', 'Files go by SFTP from this machine alone.', {
          hint: 'Leave `container` out.',
        });
      }
      const [, host, folder] = /^([^\s:-][^\s:]*):(.+)$/.exec(target) ?? [];
      if (host === undefined || folder === undefined)
        throw unfit(target, 'sftp', '`host:folder`, with the host as ssh knows it');
      const { command } = await requireTool(context, [SFTP], 'send files to a host');
      return createSftpTarget({
        ...{ context, command, host, privateDir },
        configFile: sshConfigFile,
        folder: folder.replace(/(?<=.)\/+$/, ''),
        retries: given.retries,
      });
    }
    case 'repository':
      throw unfit(target, 'repository', 'nothing');
  }
}

const unfit = (target: string, to: string, how: string): AppError =>
  new AppError('usage', `\`target\`: ${JSON.stringify(target)} does not fit \`to: ${to}\`.`, {
    hint: `Write it as ${how}.`,
  });
