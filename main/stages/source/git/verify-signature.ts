import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext, ToolExit } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { withScratch } from '../../tools/with-scratch.ts';
import { createGitClient, type GitClientOptions } from './git-client.ts';

/** Whose signatures count. The value is trusted: it never comes from the repository that is checked. */
export interface Signers {
  /** Lines of an allowed-signers file (ssh-keygen); null: what Git's own configuration and keyring know. */
  readonly allowed: string | null;
}

/**
 * Asks Git whether signatures are good.
 * @param objects names of commits, or of tags when `type` says so
 * @returns those whose signature is not good, with what Git said
 */
export async function findUnsigned(
  context: KindContext,
  options: GitClientOptions,
  type: 'commit' | 'tag',
  objects: readonly string[],
  { allowed }: Signers,
): Promise<readonly { readonly object: string; readonly reason: string }[]> {
  const check = async (config: readonly (readonly [string, string])[]) => {
    const git = await createGitClient(context, {
      ...options,
      config: [...(options.config ?? []), ...config],
    });
    const bad: { object: string; reason: string }[] = [];
    for (const object of objects) {
      const exit = await git.ask(`verify-${type}`, '--', object);
      if (exit.outcome.type !== 'succeeded') bad.push({ object, reason: reasonOf(exit) });
    }
    return bad;
  };
  if (allowed === null) return check([]);
  if (allowed.trim() === '') {
    throw new AppError('usage', '`allowed-signers` is empty, so no signature could be good.', {
      hint: 'Write lines such as `me@example.com ssh-ed25519 AAAA…`.',
    });
  }
  return withScratch(context, async ({ dir, seen }) => {
    await writeFile(path.join(dir, 'allowed-signers'), `${allowed.trim()}\n`);
    return check([['gpg.ssh.allowedSignersFile', `${seen}${context.paths.separator}allowed-signers`]]);
  });
}

function reasonOf({ stderr }: ToolExit): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return 'it is not signed';
  return (
    lines.find((line) => /no principal|bad signature|could not|error:/i.test(line)) ??
    lines.at(-1) ??
    ''
  )
    .trim()
    .slice(0, 300);
}
