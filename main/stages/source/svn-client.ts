import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { createRepositoryClient, type RepositoryClient } from './repository-client.ts';
import { SVN } from './tools.ts';

export interface SvnSettings {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly retries: number;
  /** Certificates that nobody knows are accepted. */
  readonly 'trust-server-cert'?: boolean;
}

/** The password goes in as a line, and is gone from the environment before Subversion starts. */
const WITH_PASSWORD = [
  'sh',
  '-c',
  'password=$PIPEWRIGHT_SVN_PASSWORD; unset PIPEWRIGHT_SVN_PASSWORD; printf "%s\\n" "$password" | "$@"',
  'svn',
] as const;

/** @throws AppError `tool-missing`, or `usage` for a password on Windows */
export function createSvnClient(
  context: KindContext,
  settings: SvnSettings,
  folder = '',
): Promise<RepositoryClient> {
  const { username, password, retries } = settings;
  const options = ['--non-interactive', '--no-auth-cache'];
  if (settings['trust-server-cert'] === true) {
    options.push('--trust-server-cert-failures=unknown-ca,cn-mismatch,expired,not-yet-valid,other');
  }
  if (username !== undefined) options.push(`--username=${username}`);
  if (password === undefined || password === '') {
    return createRepositoryClient(context, SVN, { in: folder, options, retries });
  }
  if (context.paths.separator === '\\') {
    throw new AppError('usage', 'A password for Subversion cannot be handed over safely on Windows.', {
      hint: 'Sign in once by hand, so that Subversion keeps it itself, and leave `password` out.',
    });
  }
  context.mask(password);
  return createRepositoryClient(context, SVN, {
    in: folder,
    options: [...options, '--password-from-stdin'],
    retries,
    wrap: [...WITH_PASSWORD],
    env: { PIPEWRIGHT_SVN_PASSWORD: password },
  });
}
