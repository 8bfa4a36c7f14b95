import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { requireTool } from '../tools/require-tool.ts';
import { listOf, wordSetting } from '../tools/setting-shapes.ts';
import { failed } from '../tools/verdict.ts';
import { folderOf, workspacePath } from '../tools/workspace-path.ts';
import { checkRef, checkUrl, publicUrl } from './check-url.ts';
import {
  gitServerSettings,
  pathSetting,
  signersSetting,
  sourceFileSetting,
  urlSetting,
} from './git-settings.ts';
import { checkOut, narrowFiles } from './git/check-out.ts';
import { changedFiles, readCommit } from './git/commit-facts.ts';
import { credentialOf } from './git/credential.ts';
import { fetchRef } from './git/fetch-ref.ts';
import { createGitClient, type GitClient } from './git/git-client.ts';
import { prepareFolder } from './git/prepare-folder.ts';
import { updateSubmodules } from './git/submodules.ts';
import { findUnsigned } from './git/verify-signature.ts';
import { GIT, GIT_LFS } from './tools.ts';
import { writeSourceFile } from './write-source-file.ts';

const settingsSchema = z.strictObject({
  url: urlSetting.describe('The repository: https, ssh, git, file, or the path of a folder'),
  ref: z
    .string()
    .default('')
    .describe(
      'A branch, a tag, `refs/…` or a commit; the default branch unless set. A branch goes before a tag of the same name',
    )
    .meta({ title: 'Branch, tag or commit', examples: ['main', 'v1.2.0'] }),
  path: pathSetting,
  depth: z
    .int()
    .min(0)
    .default(1)
    .describe('How many commits of history to fetch; 0 is all of it')
    .meta({ title: 'Depth' }),
  filter: z
    .enum(['blob:none', 'tree:0'])
    .optional()
    .describe('Leaves contents of other commits at the server until they are needed (partial clone)')
    .meta({ title: 'Partial clone' }),
  sparse: z
    .union([wordSetting, z.array(wordSetting)])
    .optional()
    .describe('Checks out these folders only; with `*`, `?` or `!` they are patterns as in `.gitignore`')
    .meta({ title: 'Only these folders', 'x-control': 'globs', examples: ['packages/shop'] }),
  lfs: z.boolean().default(false).describe('Fetches large files (Git LFS)').meta({ title: 'Large files' }),
  submodules: z
    .enum(['none', 'top', 'recursive'])
    .default('none')
    .describe('Which submodules to check out: none, those of the repository, or theirs as well')
    .meta({ title: 'Submodules' }),
  verify: z
    .enum(['none', 'commit', 'tag'])
    .default('none')
    .describe(
      'Whose signature must be good before anything is checked out: that of the commit, or that of the tag',
    )
    .meta({ title: 'Verify the signature' }),
  'allowed-signers': signersSetting,
  clean: z
    .boolean()
    .default(false)
    .describe('Removes everything in the folder that is not of the commit, also what is ignored')
    .meta({ title: 'Clean' }),
  'changed-since': z
    .string()
    .min(1)
    .optional()
    .describe('A commit, tag or branch to list changed files against; the first parent unless set')
    .meta({ title: 'Changed since' }),
  'source-file': sourceFileSetting,
  ...gitServerSettings,
});
type Settings = z.output<typeof settingsSchema>;

/** Checks out a Git repository with the machine's own Git. */
export const sourceGit = defineKind({
  id: 'source.git',
  title: 'Git checkout',
  summary: 'Checks out a branch, a tag or a commit of a Git repository',
  docs: [
    'Fetches one ref with the Git of the machine and checks it out into `path`. A folder that holds a checkout of the same',
    'repository is used again, and only what is new is fetched; one of another repository is refused unless `clean` is set.',
    'Without `clean`, changed and untracked files stay, and a checkout that would overwrite them fails.',
    '',
    'Sign in over https with `password: ${{ secrets.NAME }}`. Over ssh, your ssh-agent and ssh configuration count.',
    'Git never asks: what it would ask for is a failure that says so. A network that fails is tried again.',
    '',
    'With `verify` and `allowed-signers` the stage fails before it checks out anything that is not signed by one of them.',
    'Large files need `git-lfs`. `changed-files` needs the history that it compares with: set `depth: 2` or more.',
  ].join('\n'),
  settings: settingsSchema,
  example: {
    url: 'https://example.com/acme/web-shop.git',
    ref: 'main',
    path: 'shop',
    'source-file': 'source.json',
  },
  outputs: {
    commit: 'The id of the commit',
    branch: 'The branch; empty for a tag or a commit',
    tag: 'The tag; empty for a branch or a commit',
    message: 'The subject line of the commit',
    author: 'Who wrote it: `Name <mail>`',
    date: 'When it was committed, ISO 8601',
    'changed-files':
      'What changed against `changed-since` or the parent, a file to a line; empty when the history does not reach there',
    dir: 'The folder, relative to that of the stage',
    uri: 'What provenance calls it',
  },
  tools: [GIT, GIT_LFS],
  worksOnFiles: true,
  preview: ({ url, ref, depth, path }) =>
    [
      'git clone',
      ...(depth > 0 ? [`--depth ${depth}`] : []),
      ...(ref === '' ? [] : [`--branch ${ref}`]),
      url,
      path,
    ].join(' '),
  run,
});

async function run(settings: Settings, context: KindContext): Promise<KindResult> {
  const { url, ref, clean, lfs, verify } = settings;
  checkUrl(url);
  if (ref !== '') checkRef(ref, 'ref');
  const since = settings['changed-since'] ?? null;
  if (since !== null) checkRef(since, 'changed-since');
  const target = await workspacePath(context, settings.path, 'path');
  const options = {
    in: folderOf(context, target),
    credential: credentialOf(context, settings),
    retries: settings.retries,
    // Large files come after the checkout, so that a failure says what it is.
    env: { GIT_LFS_SKIP_SMUDGE: '1' },
  };
  if (lfs) await requireTool(context, [GIT_LFS], 'fetch large files');
  await mkdir(target.here, { recursive: true });
  const git = await createGitClient(context, options);
  await prepareFolder(context, git, { target, url, clean });
  const fetched = await fetchRef(git, { ref, depth: settings.depth, filter: settings.filter ?? null });
  if (verify !== 'none') {
    const signers = { allowed: settings['allowed-signers'] ?? null };
    const object = verify === 'tag' ? fetched.tag : fetched.commit;
    if (object === null)
      return { outcome: failed(`${ref || 'The default branch'} is no tag, so it cannot be signed as one.`) };
    const [unsigned] = await findUnsigned(context, options, verify, [object], signers);
    if (unsigned !== undefined) {
      return { outcome: failed(`The ${verify} ${object} has no good signature: ${unsigned.reason}`) };
    }
  }
  await narrowFiles(git, listOf<string>(settings.sparse));
  await checkOut(context, git, fetched, clean);
  if (lfs) await fetchLargeFiles(git);
  const submodules = await updateSubmodules(git, {
    mode: settings.submodules,
    shallow: settings.depth > 0,
    force: clean,
    jobs: 4,
  });
  const facts = await readCommit(git, fetched.commit);
  const changed = await changedFiles(git, fetched.commit, since);
  const refName = fetched.branch
    ? `refs/heads/${fetched.branch}`
    : fetched.tag
      ? `refs/tags/${fetched.tag}`
      : fetched.commit;
  const uri = `git+${publicUrl(url)}@${refName}`;
  await writeSourceFile(context, settings['source-file'], {
    type: 'git',
    uri,
    digest: { gitCommit: fetched.commit },
    dir: target.relative,
    branch: fetched.branch,
    tag: fetched.tag,
    ...facts,
    submodules,
  });
  return {
    outcome: SUCCEEDED,
    outputs: {
      commit: fetched.commit,
      branch: fetched.branch ?? '',
      tag: fetched.tag ?? '',
      ...facts,
      'changed-files': (changed ?? []).join('\n'),
      dir: target.relative,
      uri,
    },
  };
}

async function fetchLargeFiles(git: GitClient): Promise<void> {
  await git.must('lfs', 'install', '--local', '--skip-repo');
  await git.fetch('lfs', 'pull');
}
