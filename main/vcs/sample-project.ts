import { randomUUID } from 'node:crypto';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';
import { copyFiles } from './copy-files.ts';
import { git, isGitMissing } from './git-command.ts';
import { listFolder } from './list-files.ts';

const NEVER = new AbortController().signal;
const IDENTITY = ['-c', 'user.name=Pipewright sample', '-c', 'user.email=sample@pipewright.invalid'];
const UNATTENDED = [
  '-c',
  'commit.gpgSign=false',
  '-c',
  'core.autocrlf=false',
  '-c',
  'core.hooksPath=/dev/null',
];

/** The sample's history: what each commit adds. Missing files do not matter; the last one takes the rest. */
const COMMITS = [
  {
    message: 'Parcel price service',
    paths: ['src', 'package.json', '.gitignore', '.editorconfig', 'README.md'],
  },
  { message: 'Tests and tools', paths: ['test', 'tools', 'vendor', 'package-lock.json', 'CHANGELOG.md'] },
  { message: 'Pipelines: test, build, package, smoke test', paths: ['.'] },
] as const;

/**
 * Makes a Git repository of the sample project, or leaves the one that is there as it is. It appears whole or not at all.
 * Without Git it is a plain folder.
 * @returns `targetDir`, absolute
 * @throws AppError `workspace-failed`
 */
export async function createSampleProject(options: {
  readonly templateDir: string;
  readonly targetDir: string;
}): Promise<string> {
  const target = path.resolve(options.targetDir);
  const temporary = `${target}.${randomUUID()}`;
  try {
    if (await hasContent(target)) return target;
    const template = await fsp.realpath(options.templateDir);
    await fsp.mkdir(path.dirname(target), { recursive: true });
    await copyFiles(
      template,
      temporary,
      await listFolder(template, path.join(template, '.git'), NEVER),
      NEVER,
    );
    await commitAll(temporary);
    await fsp.rename(temporary, target).catch(async (error: unknown) => {
      if (!(await hasContent(target))) throw error;
    });
    return target;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? error.name) : String(error);
    throw new AppError('workspace-failed', `The sample project could not be made in ${target}: ${reason}.`, {
      cause: error,
    });
  } finally {
    await fsp.rm(temporary, { recursive: true, force: true });
  }
}

async function commitAll(cwd: string): Promise<void> {
  try {
    await git(['init', '--quiet', '--template=', '--initial-branch=main'], { cwd });
  } catch (error) {
    if (isGitMissing(error)) return;
    throw error;
  }
  const names = new Set(await fsp.readdir(cwd));
  for (const { message, paths } of COMMITS) {
    const present = paths.filter((name) => name === '.' || names.has(name));
    if (present.length === 0) continue;
    await git([...UNATTENDED, 'add', '--', ...present], { cwd });
    await git([...UNATTENDED, ...IDENTITY, 'commit', '--quiet', '--allow-empty', '--message', message], {
      cwd,
    });
  }
}

async function hasContent(dir: string): Promise<boolean> {
  try {
    return (await fsp.readdir(dir)).length > 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
