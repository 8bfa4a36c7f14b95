import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { listOf } from '../tools/setting-shapes.ts';
import { failed } from '../tools/verdict.ts';
import { checkUrl } from './check-url.ts';
import { gitServerSettings, urlSetting } from './git-settings.ts';
import { listGitRefs, listHgRefs, listSvnRefs } from './list-refs.ts';
import { sortRefs, versionOf } from './pick-ref.ts';
import { GIT, HG, SVN } from './tools.ts';

const MAX_LISTED = 1_000;

const settingsSchema = z.strictObject({
  url: urlSetting.describe('The repository'),
  type: z
    .enum(['git', 'svn', 'hg'])
    .default('git')
    .describe('What it is a repository of')
    .meta({ title: 'Type' }),
  patterns: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .default('**')
    .describe('Globs of the names that count; `*` stays between slashes, a leading `!` excludes')
    .meta({ title: 'Names', 'x-control': 'globs', examples: ['release/*', 'v*'] }),
  from: z
    .enum(['branches', 'tags', 'both'])
    .default('branches')
    .describe('Whether branches, tags or both count')
    .meta({ title: 'Among' }),
  prefer: z
    .enum(['semver', 'newest', 'name'])
    .default('semver')
    .describe('Which of several to take: the highest version, the newest commit, or the last of the alphabet')
    .meta({ title: 'Prefer' }),
  prereleases: z
    .boolean()
    .default(true)
    .describe('Versions with something behind a hyphen, such as `1.0.0-rc.1`, count as well')
    .meta({ title: 'Prereleases' }),
  unique: z.boolean().default(false).describe('Fails when more than one matches').meta({ title: 'Unique' }),
  ...gitServerSettings,
});
type Settings = z.output<typeof settingsSchema>;

const LISTS = { git: listGitRefs, svn: listSvnRefs, hg: listHgRefs } as const;

/** Finds the branch or tag to work with, without a checkout. */
export const sourceResolve = defineKind({
  id: 'source.resolve',
  title: 'Find a branch or tag',
  summary: 'Picks the branch or tag of a repository that matches: the highest version or the newest',
  docs: [
    'Asks the server for its branches and tags, takes those whose names match, and picks one. Later stages use it as',
    '`ref: ${{ needs.<stage>.outputs.ref }}`. It fails when nothing matches, and with `unique` when more than one does.',
    '',
    'Of Subversion the folders below `branches` and `tags` and `trunk` count; a Mercurial repository is cloned for it without files.',
  ].join('\n'),
  settings: settingsSchema,
  example: { url: 'https://example.com/acme/web-shop.git', from: 'tags', patterns: 'v*', prefer: 'semver' },
  outputs: {
    ref: 'The name that was picked',
    commit: 'Its commit, or revision',
    type: '`branch` or `tag`',
    version: 'The version that its name tells, as SemVer; empty when there is none',
    matched: 'All names that matched, the best first, one to a line',
    count: 'How many matched',
  },
  tools: [GIT, SVN, HG],
  worksOnFiles: true,
  preview: ({ type, url }) =>
    ({ git: `git ls-remote ${url}`, svn: `svn ls ${url}/branches`, hg: 'hg branches' })[type],
  run,
});

async function run(settings: Settings, context: KindContext): Promise<KindResult> {
  const { url, type, prefer, from, unique } = settings;
  checkUrl(url);
  const patterns = listOf<string>(settings.patterns);
  const list = LISTS[type];
  const all = await list(context, { ...settings, patterns, withAges: prefer === 'newest' });
  const counting = settings.prereleases
    ? all
    : all.filter(({ name }) => versionOf(name)?.prerelease.length === 0);
  const [best, ...others] = sortRefs(counting, prefer);
  const wanted = `${from === 'both' ? 'branch or tag' : from === 'tags' ? 'tag' : 'branch'} matches ${patterns.join(', ')}`;
  if (best === undefined) return { outcome: failed(`No ${wanted}.`) };
  const matched = [best, ...others].map(({ name }) => name);
  if (unique && others.length > 0) {
    return { outcome: failed(`More than one ${wanted}: ${matched.slice(0, 10).join(', ')}.`) };
  }
  await context.say(`${best.name} (${best.commit}), of ${matched.length}`);
  return {
    outcome: SUCCEEDED,
    outputs: {
      ref: best.name,
      commit: best.commit,
      type: best.type,
      version: versionOf(best.name)?.version ?? '',
      matched: matched.slice(0, MAX_LISTED).join('\n'),
      count: String(matched.length),
    },
  };
}
