import { valid } from 'semver';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { FoundTool } from '../tools/find-tool.ts';
import type { Tool } from '../tools/tool.ts';

export const GIT_CLIFF: Tool = {
  name: 'git-cliff',
  bins: ['git-cliff'],
  minVersion: '2.0.0',
  isNodePackage: true,
  install: 'npm install --save-dev git-cliff, cargo install git-cliff',
};

/** A prefix has no other sign that means something in a pattern. */
const patternOf = (prefix: string): string => `^${prefix.replaceAll('.', String.raw`\.`)}[0-9]`;

/** The version that git-cliff would raise to, without the prefix. @throws AppError `kind-failed` */
export async function versionByGitCliff(
  context: KindContext,
  found: FoundTool,
  prefix: string,
): Promise<string> {
  const argv = [...found.command, '--bumped-version', '--tag-pattern', patternOf(prefix)] as const;
  const exit = await context.exec({ argv: argv, silent: 'stdout' });
  const word = exit.stdout.trim().split('\n').at(-1)?.trim() ?? '';
  const version = valid(word.startsWith(prefix) ? word.slice(prefix.length) : word);
  if (exit.outcome.type === 'succeeded' && version !== null) return version;
  throw new AppError(
    'kind-failed',
    `git-cliff named no version${word === '' ? '' : `, but ${JSON.stringify(word.slice(0, 100))}`}.`,
    {
      hint: 'Look at cliff.toml, or set `tool: built-in`.',
    },
  );
}

/** The notes of what is not released yet; null: it could not write them. */
export async function notesByGitCliff(
  context: KindContext,
  found: FoundTool,
  prefix: string,
  tag: string,
): Promise<string | null> {
  const argv = [...found.command, '--unreleased', '--tag', tag, '--tag-pattern', patternOf(prefix)] as const;
  const exit = await context.exec({ argv: argv, silent: 'stdout' });
  if (exit.outcome.type !== 'succeeded' || exit.stdout.trim() === '') return null;
  return `${exit.stdout.trim()}\n`;
}
