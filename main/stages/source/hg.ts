import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { folderOf, workspacePath } from '../tools/workspace-path.ts';
import { checkRef, checkUrl, publicUrl } from './check-url.ts';
import { gitServerSettings, pathSetting, sourceFileSetting, urlSetting } from './git-settings.ts';
import { emptyFolder, exists, refuseOwnFolder } from './git/prepare-folder.ts';
import { createHgClient } from './hg-client.ts';
import { HG } from './tools.ts';
import { writeSourceFile } from './write-source-file.ts';

const settingsSchema = z.strictObject({
  url: urlSetting.describe('The repository').meta({ examples: ['https://hg.example.com/web-shop'] }),
  ref: z
    .string()
    .default('default')
    .describe('A branch, a bookmark, a tag or the id of a changeset')
    .meta({ title: 'Branch, tag or changeset', examples: ['stable'] }),
  path: pathSetting,
  'foreign-subrepos': z
    .boolean()
    .default(false)
    .describe(
      'Fetches subrepositories of Git and Subversion as well, which are refused otherwise; those of Mercurial always come along',
    )
    .meta({ title: 'Foreign subrepositories' }),
  clean: z.boolean().default(false).describe('Empties the folder first').meta({ title: 'Clean' }),
  'source-file': sourceFileSetting,
  retries: gitServerSettings.retries,
});
type Settings = z.output<typeof settingsSchema>;

/** Checks out a Mercurial repository. */
export const sourceHg = defineKind({
  id: 'source.hg',
  title: 'Mercurial checkout',
  summary: 'Checks out a branch, a tag or a changeset of a Mercurial repository',
  docs: [
    'Clones with `hg clone`, or pulls into the clone that is there, and updates to `ref`. Changed files stay, and an update that',
    'would overwrite them fails, unless `clean` is set. Passwords come from the `[auth]` section of your own `hgrc`, keys from ssh.',
  ].join('\n'),
  settings: settingsSchema,
  example: {
    url: '${{ env.HG_SERVER }}/web-shop',
    ref: 'stable',
    path: 'shop',
    'source-file': 'source.json',
  },
  outputs: {
    commit: 'The id of the changeset',
    branch: 'Its branch',
    tag: 'Its tags, with blanks between',
    message: 'The first line of its message',
    author: 'Who wrote it',
    date: 'When, ISO 8601',
    dir: 'The folder, relative to that of the stage',
    uri: 'What provenance calls it',
  },
  tools: [HG],
  worksOnFiles: true,
  preview: ({ url, ref, path }) => `hg clone --updaterev ${ref} ${url} ${path}`,
  run,
});

async function run(settings: Settings, context: KindContext): Promise<KindResult> {
  const { url, ref, clean, retries } = settings;
  checkUrl(url);
  checkRef(ref, 'ref');
  const target = await workspacePath(context, settings.path, 'path');
  if (clean) {
    refuseOwnFolder(context, target, 'Leave `clean` out, or choose another `path`.');
    await emptyFolder(target.here);
  }
  const folder = folderOf(context, target);
  if (await exists(path.join(target.here, '.hg'))) {
    const hg = await createHgClient(context, retries, folder);
    const known = (await hg.ask('paths', 'default')).stdout.trim();
    if (known !== url && known !== url.replace(/^file:\/\//, '')) {
      throw new AppError(
        'usage',
        `${target.relative} holds a clone of ${publicUrl(known) || 'something else'}.`,
        {
          hint: 'Set another `path`, or `clean: true` to remove it first.',
        },
      );
    }
    await hg.must('pull', '--quiet');
  } else {
    await mkdir(path.dirname(target.here), { recursive: true });
    const hg = await createHgClient(context, retries);
    await hg.must('clone', '--quiet', '--noupdate', '--', url, folder || '.');
  }
  const foreign = settings['foreign-subrepos'] ? 'true' : 'false';
  const allowed = [`--config=subrepos.git:allowed=${foreign}`, `--config=subrepos.svn:allowed=${foreign}`];
  const hg = await createHgClient(context, retries, folder, allowed);
  await hg.must('update', '--quiet', '--check', `--rev=${ref}`);
  const template = [
    '{node}',
    '{branch}',
    '{tags}',
    '{desc|firstline}',
    '{author}',
    '{date|rfc3339date}',
  ].join('\\0');
  const facts = (await hg.text('log', '--rev=.', `--template=${template}`)).split('\0');
  const [commit = '', branch = '', tags = '', message = '', author = '', date = ''] = facts;
  const tag = tags.replace(/\btip\b/, '').trim();
  const uri = `hg+${publicUrl(url)}@${commit}`;
  const outputs = { commit, branch, tag, message, author, date, dir: target.relative, uri };
  await writeSourceFile(context, settings['source-file'], {
    type: 'hg',
    digest: { hgNode: commit },
    ...outputs,
  });
  return { outcome: SUCCEEDED, outputs };
}
