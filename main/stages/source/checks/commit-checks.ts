import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';
import type { FoundProblem } from '../../test/findings/make-report.ts';
import { findTool } from '../../tools/find-tool.ts';
import { findUnsigned } from '../git/verify-signature.ts';
import { COMMITLINT } from '../tools.ts';
import type { Check, Checked, CheckWish } from './check.ts';
import { messageFaults, parseCommitlint } from './commit-rule.ts';

/** Messages follow the project's commitlint, or where it has none the Conventional Commits. */
export const checkMessages: Check = async (wish) => {
  const commits = await listCommits(wish);
  if (commits.length === 0) return { checked: 0, problems: [] };
  if (await hasCommitlint(wish)) {
    const linted = await runCommitlint(wish, commits.length);
    if (linted !== null) return linted;
  }
  const problems = commits.flatMap(({ commit, message }) =>
    messageFaults(message).map((fault): FoundProblem => ({
      ruleId: 'commit-message',
      severity: 'medium',
      message: `Commit ${commit.slice(0, 10)} ("${message.split('\n')[0] ?? ''}") ${fault}`,
    })),
  );
  return { checked: commits.length, problems };
};

/** Commits are signed by someone who is allowed to. */
export const checkSignatures: Check = async (wish) => {
  const commits = (await listCommits(wish)).map(({ commit }) => commit);
  const options = { in: wish.folder };
  const unsigned = await findUnsigned(wish.context, options, 'commit', commits, {
    allowed: wish.allowedSigners,
  });
  const problems = unsigned.map(({ object, reason }): FoundProblem => ({
    ruleId: 'signature',
    severity: 'high',
    message: `Commit ${object.slice(0, 10)} has no good signature: ${reason}`,
  }));
  return { checked: commits.length, problems };
};

async function listCommits({ git, since }: CheckWish) {
  const range = since === null ? ['-1', 'HEAD'] : [`${since}..HEAD`];
  const text = await git.text('log', '-z', '--no-show-signature', '--format=%H%n%B', ...range, '--');
  return text.split('\0').flatMap((entry) => {
    const [, commit, message] = /^([0-9a-f]{40,64})\n([\s\S]*)$/.exec(entry.trimStart()) ?? [];
    return commit === undefined ? [] : [{ commit, message: (message ?? '').trimEnd() }];
  });
}

async function hasCommitlint({ context, folder }: CheckWish): Promise<boolean> {
  const dir = path.join(context.cwd, folder);
  const names = await readdir(dir);
  if (names.some((name) => /^(\.commitlintrc(\..+)?|commitlint\.config\.[cm]?[jt]s)$/.test(name)))
    return true;
  if (!names.includes('package.json')) return false;
  try {
    const manifest: unknown = JSON.parse(await readFile(path.join(dir, 'package.json'), 'utf8'));
    return typeof manifest === 'object' && manifest !== null && 'commitlint' in manifest;
  } catch {
    return false;
  }
}

/** Null: it is not installed. */
async function runCommitlint(
  { context, folder, since }: CheckWish,
  commits: number,
): Promise<Checked | null> {
  const found = await findTool(context, COMMITLINT);
  if (found === null) return null;
  const range = since === null ? ['--last'] : ['--from', since, '--to', 'HEAD'];
  const exit = await context.exec({
    argv: [...found.command, '--color=false', '--verbose', ...range],
    silent: 'both',
    ...(folder === '' ? {} : { in: folder }),
  });
  const { checked, problems } = parseCommitlint(`${exit.stdout}\n${exit.stderr}`);
  if (exit.outcome.type !== 'succeeded' && problems.length === 0) {
    const said = /^.*\bError:.*$/m.exec(exit.stderr)?.[0].trim() ?? `exit code ${exit.exitCode ?? 'unknown'}`;
    throw new AppError('kind-failed', `commitlint could not do its work: ${said}.`, {
      hint: 'Look at its configuration, and whether what it extends is installed.',
    });
  }
  return {
    tool: 'commitlint',
    checked: checked === 0 ? commits : checked,
    problems: problems.map(({ subject, ruleId, message, isError }) => ({
      tool: 'commitlint',
      ruleId,
      severity: isError ? ('medium' as const) : ('low' as const),
      message: `"${subject}": ${message}`,
    })),
  };
}
