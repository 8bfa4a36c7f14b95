import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { type GitClient, gitFailed } from '../source/git/git-client.ts';

export interface TagSettings {
  readonly tag: 'annotated' | 'signed' | 'none';
  readonly 'signing-key'?: string | undefined;
  readonly remote: string;
  readonly branch?: string | undefined;
}

/** Makes a tag of HEAD; where Git does not know who, it is Pipewright. @throws AppError `kind-failed` */
export async function makeTag(git: GitClient, given: TagSettings, tag: string, notes: string): Promise<void> {
  const hasName = (await git.ask('config', 'user.email')).outcome.type === 'succeeded';
  const who = hasName ? [] : ['-c', 'user.name=Pipewright', '-c', 'user.email=pipewright@localhost'];
  const key = given['signing-key'];
  const signing = key === undefined ? [] : ['-c', 'gpg.format=ssh', '-c', `user.signingkey=${key}`];
  const kind = given.tag === 'signed' ? '--sign' : '--annotate';
  await git.must(
    ...who,
    ...signing,
    'tag',
    kind,
    '--cleanup=verbatim',
    '--message',
    `${tag}\n\n${notes}`,
    '--',
    tag,
  );
}

/**
 * Pushes a tag, and a branch with it, both or none. What was refused leaves no tag here either, so that the next try finds
 * none.
 * @throws AppError `usage` when the remote has the tag, or its branch has moved on
 */
export async function pushTag(git: GitClient, { remote, branch }: TagSettings, tag: string): Promise<void> {
  const refs = [`refs/tags/${tag}`, ...(branch === undefined ? [] : [`HEAD:refs/heads/${branch}`])];
  const exit = await git.run('push', '--atomic', '--porcelain', '--', remote, ...refs);
  if (exit.outcome.type === 'succeeded') return;
  await git.ask('tag', '--delete', tag);
  const said = `${exit.stdout}\n${exit.stderr}`;
  if (/refs\/tags\/.*\[rejected\] \(already exists\)/.test(said)) {
    throw new AppError('usage', `${remote} has a tag ${tag} already.`, {
      hint: 'Fetch its tags first; a tag of a release is never moved.',
    });
  }
  if (/\[rejected\] \((non-fast-forward|fetch first)\)/.test(said)) {
    throw new AppError('usage', `The branch ${branch ?? ''} of ${remote} has commits that are not here.`, {
      hint: 'Release what the branch has now: start the run anew.',
    });
  }
  throw gitFailed(['push'], exit);
}

/**
 * Brings a tag from the copy that a stage works in to the project itself, where people look for it. Nothing is done where
 * the project does not have the tagged commit, as when the stage has checked out another repository.
 * @returns whether it is there now
 * @throws AppError `usage` when the project has got such a tag meanwhile
 */
export async function bringTag(
  git: GitClient,
  { workspace, run, runsHere }: Pick<KindContext, 'workspace' | 'run' | 'runsHere'>,
  tag: string,
): Promise<boolean> {
  const { projectDir } = run;
  if (path.relative(workspace, projectDir) === '') return true;
  if (!runsHere) return false;
  const commit = await git.text('rev-parse', 'HEAD');
  const asked = await git.ask('-C', projectDir, 'cat-file', '-e', `${commit}^{commit}`);
  if (asked.outcome.type !== 'succeeded') return false;
  const folder = await git.text('-C', projectDir, 'rev-parse', '--path-format=absolute', '--git-common-dir');
  const exit = await git.ask('push', '--porcelain', '--', folder, `refs/tags/${tag}`);
  if (exit.outcome.type === 'succeeded') return true;
  await git.ask('tag', '--delete', tag);
  if (!/\[rejected\] \(already exists\)/.test(`${exit.stdout}\n${exit.stderr}`))
    throw gitFailed(['push'], exit);
  throw new AppError('usage', `The project has got a tag ${tag} meanwhile.`, { hint: 'Start the run anew.' });
}
