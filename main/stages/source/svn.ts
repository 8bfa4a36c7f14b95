import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { folderOf, workspacePath } from '../tools/workspace-path.ts';
import { checkUrl, publicUrl } from './check-url.ts';
import { pathSetting, sourceFileSetting, urlSetting } from './git-settings.ts';
import { emptyFolder, exists, refuseOwnFolder } from './git/prepare-folder.ts';
import { createSvnClient } from './svn-client.ts';
import { svnServerSettings } from './svn-settings.ts';
import { SVN } from './tools.ts';
import { writeSourceFile } from './write-source-file.ts';

const nameSetting = z
  .string()
  .regex(/^[^-@\s/][^@\s\\]*$/, 'It must be a name without blanks and `@`.')
  .refine((name) => !name.split('/').includes('..'), 'It must not hold `..`.');

const settingsSchema = z.strictObject({
  url: urlSetting
    .describe('The repository, or a folder in it')
    .meta({ examples: ['https://svn.example.com/web-shop'] }),
  branch: nameSetting
    .optional()
    .describe('`trunk`, or the name of a folder below `branches`; unless set, `url` is checked out as it is')
    .meta({ title: 'Branch', examples: ['trunk'] }),
  tag: nameSetting.optional().describe('The name of a folder below `tags`').meta({ title: 'Tag' }),
  revision: z
    .union([
      z.int().min(0).transform(String),
      z.string().regex(/^(\d+|HEAD|\{[\dT:+ Z-]+\})$/, 'It must be a number, HEAD or {date}.'),
    ])
    .default('HEAD')
    .describe('A number, `HEAD`, or the last one of a date: `{2026-11-23}`')
    .meta({ title: 'Revision' }),
  path: pathSetting,
  externals: z
    .boolean()
    .default(true)
    .describe('Fetches what `svn:externals` names')
    .meta({ title: 'Externals' }),
  export: z
    .boolean()
    .default(false)
    .describe('Fetches the files alone, without the data of a working copy')
    .meta({ title: 'Files alone' }),
  clean: z.boolean().default(false).describe('Empties the folder first').meta({ title: 'Clean' }),
  'source-file': sourceFileSetting,
  ...svnServerSettings,
});
type Settings = z.output<typeof settingsSchema>;

/** Checks out a folder of a Subversion repository. */
export const sourceSvn = defineKind({
  id: 'source.svn',
  title: 'Subversion checkout',
  summary: 'Checks out a branch, a tag or a revision of a Subversion repository',
  docs: [
    'Looks up the revision, then checks it out with `svn checkout` (or `svn export`), so that what comes is what the outputs say.',
    'A working copy of the same address is updated. Subversion never asks: certificates that nobody vouches for are refused',
    'unless `trust-server-cert` is set, and a missing password is a failure.',
  ].join('\n'),
  settings: settingsSchema,
  example: {
    url: '${{ env.SVN_SERVER }}/web-shop',
    branch: 'trunk',
    path: 'shop',
    'source-file': 'source.json',
  },
  outputs: {
    revision: 'The revision that was checked out',
    'last-changed-revision': 'The newest revision in which something below it changed',
    author: 'Who made that one',
    date: 'When, ISO 8601',
    message: 'Its message, the first line',
    url: 'What was checked out',
    dir: 'The folder, relative to that of the stage',
    uri: 'What provenance calls it',
  },
  tools: [SVN],
  worksOnFiles: true,
  preview: ({ url, path }) => `svn checkout ${url} ${path}`,
  run,
});

async function run(settings: Settings, context: KindContext): Promise<KindResult> {
  checkUrl(settings.url);
  const url = urlOf(settings);
  const target = await workspacePath(context, settings.path, 'path');
  if (settings.clean) {
    refuseOwnFolder(context, target, 'Leave `clean` out, or choose another `path`.');
    await emptyFolder(target.here);
  }
  const svn = await createSvnClient(context, settings);
  const fact = (name: string, at: string): Promise<string> =>
    svn.text('info', `--show-item=${name}`, '--', at);
  const revision = (await fact('revision', `${url}@${settings.revision}`)).trim();
  const at = `${url}@${revision}`;
  await mkdir(path.dirname(target.here), { recursive: true });
  const folder = folderOf(context, target) || '.';
  const externals = settings.externals ? [] : ['--ignore-externals'];
  const isEmpty = !(await exists(target.here));
  const command = settings.export ? ['export', ...(isEmpty ? [] : ['--force'])] : ['checkout'];
  await svn.must(...command, '--quiet', ...externals, '--', at, folder);
  const changed = (await fact('last-changed-revision', at)).trim();
  const [author, date] = [await fact('last-changed-author', at), await fact('last-changed-date', at)];
  const message = (await svn.ask('propget', '--revprop', '-r', changed, 'svn:log', '--', at)).stdout;
  const uri = `svn+${publicUrl(url)}@${revision}`;
  const outputs = {
    revision,
    'last-changed-revision': changed,
    author: author.trim(),
    date: date.trim(),
    message: message.split('\n')[0]?.trim() ?? '',
    url: publicUrl(url),
    dir: target.relative,
    uri,
  };
  await writeSourceFile(context, settings['source-file'], {
    type: 'svn',
    digest: { svnRevision: revision },
    ...outputs,
  });
  return { outcome: SUCCEEDED, outputs };
}

function urlOf({ url, branch, tag }: Settings): string {
  if (branch !== undefined && tag !== undefined) {
    throw new AppError('usage', '`branch` and `tag` do not go together.', { hint: 'Leave one of them out.' });
  }
  const root = url.replace(/\/+$/, '');
  if (tag !== undefined) return `${root}/tags/${tag}`;
  if (branch === undefined) return root;
  return branch === 'trunk' ? `${root}/trunk` : `${root}/branches/${branch}`;
}
