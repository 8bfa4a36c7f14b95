import path from 'node:path';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { folderOf, workspacePath } from '../tools/workspace-path.ts';
import { gitServerSettings, pathSetting } from './git-settings.ts';
import { credentialOf } from './git/credential.ts';
import { createGitClient } from './git/git-client.ts';
import { exists } from './git/prepare-folder.ts';
import { type SubmoduleFacts, updateSubmodules } from './git/submodules.ts';
import { createHgClient } from './hg-client.ts';
import { createSvnClient } from './svn-client.ts';
import { GIT, HG, SVN } from './tools.ts';

const settingsSchema = z.strictObject({
  path: pathSetting.describe('The checkout, relative to the folder of the stage'),
  mode: z
    .enum(['top', 'recursive'])
    .default('recursive')
    .describe('Whether submodules of submodules come along')
    .meta({ title: 'Depth' }),
  shallow: z
    .boolean()
    .default(true)
    .describe('Fetches only the commit that is needed')
    .meta({ title: 'Shallow' }),
  force: z.boolean().default(false).describe('Throws away what was changed in them').meta({ title: 'Force' }),
  jobs: z.int().min(1).max(64).default(4).describe('How many are fetched at once').meta({ title: 'At once' }),
  'allow-empty': z
    .boolean()
    .default(false)
    .describe('A checkout without any is no fault')
    .meta({ title: 'May be none' }),
  ...gitServerSettings,
});
type Settings = z.output<typeof settingsSchema>;

/** Brings what a checkout names of other repositories. */
export const sourceSubmodules = defineKind({
  id: 'source.submodules',
  title: 'Submodules',
  summary: 'Brings Git submodules, Subversion externals or Mercurial subrepositories of a checkout',
  docs: [
    'Looks at what the folder is a checkout of, and brings the other repositories that it names to the commits that it names:',
    '`git submodule update --init`, `svn update` at the revision that is there, or `hg update`. One that fails is a failure of all.',
    'Name and password go to the server of the checkout alone, not to those that submodules name.',
    '',
    'Git refuses submodules from folders of this machine, unless its own `protocol.file.allow` lets it.',
  ].join('\n'),
  settings: settingsSchema,
  example: { mode: 'recursive', shallow: false },
  outputs: { submodules: 'One to a line: its folder, a blank and its commit', count: 'How many there are' },
  tools: [GIT, SVN, HG],
  worksOnFiles: true,
  preview: ({ mode }) => `git submodule update --init${mode === 'recursive' ? ' --recursive' : ''}`,
  run,
});

async function run(settings: Settings, context: KindContext): Promise<KindResult> {
  const target = await workspacePath(context, settings.path, 'path');
  const folder = folderOf(context, target);
  const has = (name: string): Promise<boolean> => exists(path.join(target.here, name));
  const submodules = (await has('.git'))
    ? await ofGit(settings, context, folder)
    : (await has('.svn'))
      ? await ofSvn(settings, context, folder)
      : (await has('.hg'))
        ? await ofHg(settings, context, folder)
        : null;
  if (submodules === null) {
    throw new AppError('usage', `${target.relative} is no checkout of Git, Subversion or Mercurial.`, {
      hint: 'Set `path` to one, or check it out first.',
    });
  }
  if (submodules.length === 0 && !settings['allow-empty']) {
    throw new AppError('kind-failed', 'The checkout names no other repositories.', {
      hint: 'Look at `path`, or set `allow-empty: true`.',
    });
  }
  const lines = submodules.map(({ path: at, commit }) => `${at} ${commit}`);
  return { outcome: SUCCEEDED, outputs: { submodules: lines.join('\n'), count: String(submodules.length) } };
}

async function ofGit(
  settings: Settings,
  context: KindContext,
  folder: string,
): Promise<readonly SubmoduleFacts[]> {
  const asking = await createGitClient(context, { in: folder });
  const url = (await asking.ask('config', '--get', 'remote.origin.url')).stdout.trim();
  const credential = credentialOf(context, { ...settings, url });
  const git = await createGitClient(context, { in: folder, credential, retries: settings.retries });
  return updateSubmodules(git, settings);
}

async function ofSvn(
  settings: Settings,
  context: KindContext,
  folder: string,
): Promise<readonly SubmoduleFacts[]> {
  const svn = await createSvnClient(context, settings, folder);
  const revision = (await svn.text('info', '--show-item=revision', '--', '.')).trim();
  await svn.must('update', '--quiet', `--revision=${revision}`, '--', '.');
  const status = await svn.text('status', '--', '.');
  const externals: SubmoduleFacts[] = [];
  for (const [, at = ''] of status.matchAll(/^X[ A-Z+!~*>]{7}(.+?)\r?$/gm)) {
    const commit = (await svn.text('info', '--show-item=revision', '--', `${at}@`)).trim();
    externals.push({ path: at.replaceAll('\\', '/'), commit });
  }
  return externals;
}

async function ofHg(
  { retries }: Settings,
  context: KindContext,
  folder: string,
): Promise<readonly SubmoduleFacts[]> {
  const hg = await createHgClient(context, retries, folder);
  await hg.must('update', '--quiet', '--check', '--rev=.');
  const state = await hg.ask('cat', '--rev=.', '.hgsubstate');
  return state.stdout.split('\n').flatMap((line) => {
    const [, commit, at] = /^(\S+) (.+)$/.exec(line) ?? [];
    return commit === undefined || at === undefined ? [] : [{ path: at, commit }];
  });
}
