import { writeFile } from 'node:fs/promises';
import { clean, rcompare, valid } from 'semver';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import type { KindServices } from '../services.ts';
import { createGitClient, type GitClient } from '../source/git/git-client.ts';
import { GIT } from '../source/tools.ts';
import { findTool } from '../tools/find-tool.ts';
import { wordSetting } from '../tools/setting-shapes.ts';
import { failed } from '../tools/verdict.ts';
import { workspacePath } from '../tools/workspace-path.ts';
import { GIT_CLIFF, notesByGitCliff, versionByGitCliff } from './git-cliff.ts';
import { bringTag, makeTag, pushTag } from './make-tag.ts';
import { bumpOf, nextVersion, readCommit, releaseNotes, type ReleaseCommit } from './next-version.ts';

const settings = z.strictObject({
  strategy: z
    .enum(['auto', 'major', 'minor', 'patch'])
    .default('auto')
    .describe('What is raised; `auto`: what the commits since the last tag say')
    .meta({ title: 'Raise' }),
  version: z
    .string()
    .refine((text) => text === '' || valid(text) !== null, 'It is no SemVer.')
    .default('')
    .describe('This very version instead')
    .meta({ title: 'Version', examples: ['2.0.0'] }),
  prefix: z
    .string()
    .regex(/^(?:[a-z0-9][\w./-]*)?$/i)
    .default('v')
    .describe('What stands before the version in the name of a tag')
    .meta({ title: 'Prefix', examples: ['v', 'shop-v'] }),
  preid: z
    .string()
    .regex(/^[a-z]*$/i)
    .default('')
    .describe('Of a prerelease: `beta` makes 1.3.0-beta.0')
    .meta({ title: 'Prerelease', examples: ['beta'] }),
  initial: z
    .string()
    .refine((text) => valid(text) !== null, 'It is no SemVer.')
    .default('0.1.0')
    .describe('The first version, where there is no tag yet')
    .meta({ title: 'First version' }),
  tool: z
    .enum(['auto', 'git-cliff', 'built-in'])
    .default('auto')
    .describe('What reads the commits; `auto`: git-cliff when it is installed, with its own cliff.toml')
    .meta({ title: 'Reads commits by' }),
  changelog: z
    .string()
    .default('changelog.md')
    .describe(
      'Where the notes of this release are written, relative to the folder of the stage; empty: nowhere',
    )
    .meta({ title: 'Notes' }),
  tag: z
    .enum(['annotated', 'signed', 'none'])
    .default('annotated')
    .describe('The tag that is made; `signed` as Git is set up for it')
    .meta({ title: 'Tag' }),
  'signing-key': z
    .string()
    .regex(/^[^-]/)
    .optional()
    .describe('The file of an SSH key to sign with, instead of what Git is set up with')
    .meta({ title: 'Signing key', examples: ['/home/ci/.ssh/release.pub'] }),
  push: z
    .boolean()
    .default(false)
    .describe('Whether the tag is pushed; with `branch` the branch too, both or none')
    .meta({ title: 'Push' }),
  remote: wordSetting.default('origin').describe('Where it is pushed to').meta({ title: 'Remote' }),
  branch: wordSetting
    .optional()
    .describe('A branch of the remote that must not have moved on, and is pushed with the tag')
    .meta({ title: 'Branch', examples: ['main'] }),
  'dry-run': z
    .boolean()
    .default(false)
    .describe('Only say which version it would be')
    .meta({ title: 'Dry run' }),
});
type Settings = z.output<typeof settings>;

/** The next version of a repository, with notes and a tag. */
export const releaseVersion = defineKind({
  id: 'release.version',
  title: 'Version and tag',
  summary: 'Finds the next version from the commits, writes the notes and makes the tag',
  docs: [
    'Takes the newest tag that HEAD has behind it and reads the commits since, as [conventional commits](https://www.conventionalcommits.org)',
    'are written: what breaks raises the major part (before 1.0.0 the minor one), `feat` the minor, `fix` and `perf` the patch.',
    'Without any of those there is no new version: the output `released` is `false`, and the stage succeeds.',
    '',
    'Needs the whole history: a shallow clone is refused. Fails when files under version control were changed, when the tag',
    'is there already (here or at the remote), when the remote branch has commits that are not here, and when a push is',
    'refused; a tag that could not be pushed is removed again. The tag is made where the stage works, and also in the project',
    'itself when that has the commit.',
  ].join('\n'),
  settings,
  example: { prefix: 'v', changelog: 'changelog.md' },
  outputs: {
    version: 'Without the prefix, `1.4.0`',
    tag: 'With it, `v1.4.0`',
    previous: 'The tag before; empty for the first',
    released: '`false` when nothing since calls for a version, or with `dry-run`',
    changelog: 'The notes, in Markdown',
  },
  tools: [GIT, GIT_CLIFF],
  worksOnFiles: true,
  run: release,
});

async function release(given: Settings, context: KindContext, { now }: KindServices): Promise<KindResult> {
  const git = await createGitClient(context);
  await refuseUnfit(git);
  const previous = await lastTag(git, given.prefix);
  const commits = await commitsSince(git, previous);
  const cliff = given.tool === 'built-in' ? null : await findTool(context, GIT_CLIFF);
  if (cliff === null && given.tool === 'git-cliff') {
    throw new AppError('tool-missing', 'No tool is there to read the commits: git-cliff was not found.', {
      hint: `Install it (${GIT_CLIFF.install}), or set \`tool: built-in\`.`,
    });
  }
  const isPlain = given.strategy === 'auto' && given.version === '' && given.preid === '';
  const version =
    cliff !== null && isPlain && previous !== null && bumpOf(commits) !== null
      ? await versionByGitCliff(context, cliff, given.prefix)
      : chooseVersion(given, previous?.version ?? null, commits);
  if (version === null) {
    await context.say(`nothing since ${previous?.tag ?? 'the beginning'} calls for a new version`);
    const outputs = {
      version: previous?.version ?? '',
      tag: previous?.tag ?? '',
      previous: previous?.tag ?? '',
    };
    return { outcome: SUCCEEDED, outputs: { ...outputs, released: 'false', changelog: '' } };
  }
  const tag = given.prefix + version;
  if (await hasTag(git, tag)) return { outcome: failed(`The tag ${tag} is there already.`) };
  const day = new Date(now()).toISOString().slice(0, 10);
  const notes =
    (cliff === null ? null : await notesByGitCliff(context, cliff, given.prefix, tag)) ??
    releaseNotes(version, day, commits);
  const outputs = { version, tag, previous: previous?.tag ?? '', changelog: notes };
  if (given['dry-run']) {
    await context.say(
      `would release ${tag} (${commits.length} commits since ${previous?.tag ?? 'the beginning'})`,
    );
    return { outcome: SUCCEEDED, outputs: { ...outputs, released: 'false' }, summary: notes };
  }
  if (given.changelog !== '') await writeNotes(git, context, given.changelog, notes);
  if (given.tag !== 'none') {
    await makeTag(git, given, tag, notes);
    if (given.push) await pushTag(git, given, tag);
    if (!(await bringTag(git, context, tag)) && !given.push) {
      await context.say(`the tag is in the workspace alone; set \`push: true\` to keep it`);
    }
  }
  await context.say(`released ${tag}`);
  return { outcome: SUCCEEDED, outputs: { ...outputs, released: 'true' }, summary: notes };
}

async function refuseUnfit(git: GitClient): Promise<void> {
  if ((await git.text('rev-parse', '--is-shallow-repository')) === 'true') {
    throw new AppError('usage', 'The clone is shallow: the commits since the last tag are not all here.', {
      hint: 'Check it out with its whole history (`depth: 0`).',
    });
  }
  const changed = await git.text('status', '--porcelain', '--untracked-files=no');
  const files = changed.split('\n').filter((line) => line !== '');
  if (files.length === 0) return;
  const named = files.slice(0, 3).map((line) => line.slice(3));
  throw new AppError(
    'usage',
    `Files under version control were changed: ${named.join(', ')}${files.length > 3 ? ', …' : ''}.`,
    { hint: 'A version says what is committed: commit or undo the changes first.' },
  );
}

interface LastTag {
  readonly tag: string;
  readonly version: string;
}

/** The newest of the tags with that prefix that HEAD has behind it; null: there is none. */
async function lastTag(git: GitClient, prefix: string): Promise<LastTag | null> {
  const text = await git.text('tag', '--merged', 'HEAD', '--list', `${prefix}*`);
  const tags = text.split('\n').flatMap((tag) => {
    const version = tag.startsWith(prefix) ? clean(tag.slice(prefix.length)) : null;
    return version === null || tag !== prefix + version ? [] : [{ tag, version }];
  });
  return tags.sort((a, b) => rcompare(a.version, b.version))[0] ?? null;
}

async function commitsSince(git: GitClient, last: LastTag | null): Promise<readonly ReleaseCommit[]> {
  const range = last === null ? 'HEAD' : `refs/tags/${last.tag}..HEAD`;
  const text = await git.text('log', '-z', '--no-merges', '--format=%H%n%B', range, '--');
  return text
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => readCommit(entry.slice(0, entry.indexOf('\n')), entry.slice(entry.indexOf('\n') + 1)));
}

function chooseVersion(
  given: Settings,
  last: string | null,
  commits: readonly ReleaseCommit[],
): string | null {
  if (given.version !== '') return clean(given.version);
  if (last === null) return clean(given.initial);
  const bump = given.strategy === 'auto' ? bumpOf(commits) : given.strategy;
  return bump === null ? null : nextVersion(last, bump, given.preid);
}

async function hasTag(git: GitClient, tag: string): Promise<boolean> {
  return (await git.ask('rev-parse', '--quiet', '--verify', `refs/tags/${tag}`)).outcome.type === 'succeeded';
}

/** The notes are of this release alone, so they replace no file that people keep; some systems do not tell cases apart. */
async function writeNotes(git: GitClient, context: KindContext, file: string, notes: string): Promise<void> {
  const target = await workspacePath(context, file, 'changelog');
  const kept = await git.text('ls-files', '--', `:(icase)${target.relative}`);
  if (kept !== '') {
    throw new AppError('usage', `\`changelog\`: ${kept} is under version control.`, {
      hint: 'Name another file for the notes of this release, such as release-notes.md.',
    });
  }
  await writeFile(target.here, notes);
}
