import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { execa } from 'execa';
import { AppError } from '#shared/lib/app-error.ts';
import type { PluginSource } from '#shared/plugins/lock.ts';
import { contentDigest } from './content-digest.ts';
import { unpackPackage } from './unpack-package.ts';

type FetchedSource = Exclude<PluginSource, { readonly image: string }>;

export interface FetchedContent {
  /** Absolute; below the data folder, named after the digest. Nobody writes there any more. */
  readonly dir: string;
  readonly digest: string;
}

/**
 * Brings the files of a plugin into the data folder, once for each content.
 * @param dataDir absolute
 * @param projectDir what a folder is relative to
 * @throws AppError `plugin-failed` when it cannot be fetched, `plugin-invalid`, `path-outside`
 */
export async function fetchContent(
  source: FetchedSource,
  dataDir: string,
  projectDir: string,
  signal?: AbortSignal,
): Promise<FetchedContent> {
  const root = path.join(dataDir, 'plugins');
  await mkdir(root, { recursive: true });
  const draft = await mkdtemp(path.join(root, 'new-'));
  try {
    const content = path.join(draft, 'content');
    await bring(source, content, draft, projectDir, signal);
    const digest = await contentDigest(content);
    const dir = contentDir(dataDir, digest);
    // Whoever was first has the same files there.
    await rename(content, dir).catch(async (error: unknown) => {
      if (!(await isThere(dir))) throw error;
    });
    return { dir, digest };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Where content of a digest lies once it was fetched. */
export const contentDir = (dataDir: string, digest: string): string =>
  path.join(dataDir, 'plugins', digest.replace(':', '-'));

export async function isThere(dir: string): Promise<boolean> {
  return (await readdir(dir).catch(() => null)) !== null;
}

async function bring(
  source: FetchedSource,
  target: string,
  draft: string,
  projectDir: string,
  signal?: AbortSignal,
): Promise<void> {
  if ('folder' in source) await copyFolder(projectDir, source.folder, target);
  else if ('git' in source) await cloneAt(source, target, draft, signal);
  else await fetchPackage(source, target, draft, signal);
}

async function isInside(outer: string, inner: string): Promise<boolean> {
  const relative = path.relative(await realpath(outer), await realpath(inner));
  return relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}

async function copyFolder(projectDir: string, folder: string, target: string): Promise<void> {
  const from = path.resolve(projectDir, folder);
  const relative = path.relative(projectDir, from);
  if (relative === '' || relative.split(path.sep)[0] === '..' || path.isAbsolute(relative)) {
    throw new AppError('path-outside', `${folder} is not a folder inside of the project.`, {
      hint: 'Put the plugin into the project, or add it from its own repository.',
    });
  }
  if (!(await isThere(from))) {
    throw new AppError('plugin-failed', `There is no folder ${folder} in the project.`, {
      hint: 'Give its path relative to the project.',
    });
  }
  if (!(await isInside(projectDir, from)))
    throw new AppError('path-outside', `${folder} is a link that leads out of the project.`);
  const isOfGit = (file: string): boolean => path.basename(file) === '.git';
  await cp(await realpath(from), target, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !isOfGit(file),
  });
}

async function cloneAt(
  { git, commit, path: below }: Extract<FetchedSource, { readonly git: string }>,
  target: string,
  draft: string,
  signal?: AbortSignal,
): Promise<void> {
  const clone = path.join(draft, 'clone');
  const run = (args: readonly string[], cwd = clone) => call('git', args, cwd, signal);
  await mkdir(clone);
  await run(['init', '--quiet']);
  // Some servers hand out branches and tags only: then all of them are fetched.
  await run(['fetch', '--quiet', '--depth', '1', '--', git, commit]).catch(() =>
    run(['fetch', '--quiet', '--tags', '--', git, '+refs/heads/*:refs/remotes/origin/*']),
  );
  await run(['-c', 'core.hooksPath=', 'checkout', '--quiet', '--detach', commit]);
  const folder = path.resolve(clone, below ?? '.');
  if (path.relative(clone, folder).split(path.sep)[0] === '..')
    throw new AppError('path-outside', `${below ?? ''} is not inside of the repository.`);
  if (!(await isThere(folder)))
    throw new AppError('plugin-failed', `The repository has no folder ${below ?? ''}.`, {
      hint: 'Give the path of the plugin in the repository.',
    });
  // What is moved is the repository's own, not what a link of it leads to.
  if (!(await isInside(clone, folder)))
    throw new AppError('path-outside', `${below ?? ''} leads out of the repository by a link.`);
  await rm(path.join(clone, '.git'), { recursive: true, force: true });
  await rename(await realpath(folder), target);
}

async function fetchPackage(
  { npm, version, integrity }: Extract<FetchedSource, { readonly npm: string }>,
  target: string,
  draft: string,
  signal?: AbortSignal,
): Promise<void> {
  const packed = await packPackage(npm, version, draft, signal);
  if (integrity !== packed.integrity) {
    throw new AppError('plugin-failed', `${npm}@${version} is not what was locked: its integrity differs.`, {
      hint: 'Ask who publishes it; `pipewright plugins add` locks what is there now.',
    });
  }
  await mkdir(target);
  await unpackPackage(packed.file, target, signal);
}

/** The archive of a package as the user's npm finds it; no script of it is run. */
export async function packPackage(
  name: string,
  version: string,
  dir: string,
  signal?: AbortSignal,
): Promise<{ readonly file: string; readonly version: string; readonly integrity: string }> {
  const spec = `${name}@${version}`;
  const output = await call('npm', ['pack', '--json', '--ignore-scripts', '--', spec], dir, signal);
  const [first] = JSON.parse(output) as { filename: string; version: string }[];
  if (first === undefined) throw new AppError('plugin-failed', `npm packed nothing for ${spec}.`);
  const file = path.join(dir, first.filename.replace(/^@/, '').replaceAll('/', '-'));
  const digest = createHash('sha512')
    .update(await readFile(file))
    .digest('base64');
  return { file, version: first.version, integrity: `sha512-${digest}` };
}

async function call(
  program: string,
  args: readonly string[],
  cwd: string,
  signal?: AbortSignal,
): Promise<string> {
  const result = await execa(program, [...args], {
    cwd,
    stdin: 'ignore',
    env: { GIT_TERMINAL_PROMPT: '0' },
    reject: false,
    ...(signal && { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (!result.failed) return result.stdout;
  const reason = result.code === 'ENOENT' ? 'it is not installed' : (reasonIn(result.stderr) ?? 'it failed');
  throw new AppError('plugin-failed', `${program} could not fetch the plugin: ${reason}.`, {
    hint: 'Look at the address and at your access to it, and try again.',
  });
}

/** The line that says why: the one that Git calls fatal; of npm the first that is no part of its tables, nor names its log. */
function reasonIn(stderr: string): string | undefined {
  const lines = stderr.split('\n').map((line) => line.replace(/^(npm (error|ERR!)|fatal:) ?/, '').trim());
  const said = lines.filter(
    (line) => line !== '' && !/^(code|errno|syscall|type|network) |^npm |complete log/.test(line),
  );
  const reason = stderr.includes('npm ') ? said[0] : said.at(-1);
  return reason?.replace(/\.+$/, '').slice(0, 300);
}
