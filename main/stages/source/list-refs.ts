import type { KindContext } from '#main/engine/kind-ports.ts';
import { withScratch } from '../tools/with-scratch.ts';
import { credentialOf } from './git/credential.ts';
import { createGitClient } from './git/git-client.ts';
import { parseRemoteRefs } from './git/remote-refs.ts';
import { createHgClient } from './hg-client.ts';
import { matchNames } from './name-pattern.ts';
import type { FoundRef } from './pick-ref.ts';
import { createSvnClient } from './svn-client.ts';

export interface ListWish {
  readonly url: string;
  readonly from: 'branches' | 'tags' | 'both';
  readonly patterns: readonly string[];
  /** Ages cost a look at each commit, so they are asked for only where they decide. */
  readonly withAges: boolean;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly retries: number;
}

/** The branches and tags of a Git server whose names match. */
export async function listGitRefs(context: KindContext, wish: ListWish): Promise<readonly FoundRef[]> {
  const credential = credentialOf(context, wish);
  const git = await createGitClient(context, { credential, retries: wish.retries });
  const kinds = [
    ...(wish.from === 'tags' ? [] : ['--heads']),
    ...(wish.from === 'branches' ? [] : ['--tags']),
  ];
  const listed = await git.fetch('ls-remote', '--quiet', ...kinds, '--', wish.url);
  const refs = parseRemoteRefs(listed.stdout).refs.flatMap(({ name, commit }): FoundRef[] => {
    const [, folder, short] = /^refs\/(heads|tags)\/(.+)$/.exec(name) ?? [];
    if (folder === undefined || short === undefined) return [];
    return [{ name: short, type: folder === 'heads' ? 'branch' : 'tag', commit, age: null }];
  });
  const found = matchNames(refs, wish.patterns);
  return wish.withAges && found.length > 1 ? withAges(context, wish, found) : found;
}

/** Commits without their files, in a repository that is thrown away. */
function withAges(
  context: KindContext,
  wish: ListWish,
  refs: readonly FoundRef[],
): Promise<readonly FoundRef[]> {
  return withScratch(context, async ({ seen }) => {
    const credential = credentialOf(context, wish);
    const git = await createGitClient(context, { credential, retries: wish.retries, env: { GIT_DIR: seen } });
    await git.text('init', '--quiet', '--bare', '--template=');
    const commits = [...new Set(refs.map(({ commit }) => commit))];
    const names = refs.map(({ type, name }) => `refs/${type === 'branch' ? 'heads' : 'tags'}/${name}`);
    await git.fetch(
      'fetch',
      '--quiet',
      '--depth=1',
      '--filter=tree:0',
      '--no-tags',
      '--',
      wish.url,
      ...names,
    );
    const text = await git.text('show', '--no-patch', '--format=%H %ct', ...commits, '--');
    const ages = new Map(
      text.split('\n').map((line): [string, number] => {
        const [commit = '', seconds = '0'] = line.split(' ');
        return [commit, Number(seconds)];
      }),
    );
    return refs.map((ref) => ({ ...ref, age: ages.get(ref.commit) ?? null }));
  });
}

/** The folders below `branches` and `tags` of a Subversion repository, and `trunk`. */
export async function listSvnRefs(context: KindContext, wish: ListWish): Promise<readonly FoundRef[]> {
  const svn = await createSvnClient(context, wish);
  const root = wish.url.replace(/\/+$/, '');
  const entriesOf = async (at: string): Promise<readonly SvnEntry[]> => {
    const exit = await svn.ask('ls', '--xml', '--', at);
    if (exit.outcome.type === 'succeeded') return parseSvnEntries(exit.stdout);
    // A repository without tags has no folder for them; without the repository there is nothing.
    await svn.text('info', '--show-item=url', '--', root);
    return [];
  };
  const refs: FoundRef[] = [];
  const add = (type: FoundRef['type'], { name, revision }: SvnEntry): void => {
    refs.push({ name, type, commit: revision, age: Number(revision) });
  };
  if (wish.from !== 'tags') {
    for (const entry of await entriesOf(root)) if (entry.name === 'trunk') add('branch', entry);
    for (const entry of await entriesOf(`${root}/branches`)) add('branch', entry);
  }
  if (wish.from !== 'branches') for (const entry of await entriesOf(`${root}/tags`)) add('tag', entry);
  return matchNames(refs, wish.patterns);
}

interface SvnEntry {
  readonly name: string;
  readonly revision: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The folders in what `svn ls --xml` prints. */
export function parseSvnEntries(xml: string): readonly SvnEntry[] {
  return [...xml.matchAll(/<entry\s+kind="dir">([\s\S]*?)<\/entry>/g)].flatMap(([, body = '']) => {
    const name = /<name>([\s\S]*?)<\/name>/.exec(body)?.[1];
    const revision = /<commit\s+revision="(\d+)"/.exec(body)?.[1];
    if (name === undefined || revision === undefined) return [];
    return [
      {
        name: name.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, word: string) => ENTITIES[word] ?? ''),
        revision,
      },
    ];
  });
}

/** The branches, bookmarks and tags of a Mercurial repository; it is cloned without files, because servers list only heads. */
export function listHgRefs(context: KindContext, wish: ListWish): Promise<readonly FoundRef[]> {
  return withScratch(context, async ({ seen }) => {
    const clone = `${seen}${context.paths.separator}clone`;
    const outside = await createHgClient(context, wish.retries);
    const hg = await createHgClient(context, wish.retries, '', [`--repository=${clone}`]);
    await outside.must('clone', '--quiet', '--noupdate', '--', wish.url, clone);
    const list = async (command: 'branches' | 'tags' | 'bookmarks', name: string): Promise<FoundRef[]> => {
      const text = await hg.text(command, `--template={${name}}\\0{node}\\0{rev}\\n`);
      return text.split('\n').flatMap((line): FoundRef[] => {
        const [found, commit, revision] = line.split('\0');
        if (!found || commit === undefined || (command === 'tags' && found === 'tip')) return [];
        return [{ name: found, type: command === 'tags' ? 'tag' : 'branch', commit, age: Number(revision) }];
      });
    };
    const refs: FoundRef[] = [];
    if (wish.from !== 'tags')
      refs.push(...(await list('branches', 'branch')), ...(await list('bookmarks', 'bookmark')));
    if (wish.from !== 'branches') refs.push(...(await list('tags', 'tag')));
    return matchNames(refs, wish.patterns);
  });
}
