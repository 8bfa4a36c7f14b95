import type { KindContext } from '#main/engine/kind-ports.ts';

/** What a server asks for. */
export interface Credential {
  /** For whose server. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

export const USER_VARIABLE = 'PIPEWRIGHT_GIT_USERNAME';
export const PASSWORD_VARIABLE = 'PIPEWRIGHT_GIT_PASSWORD';

/**
 * Git asks this function of its own shell, which knows the values from its environment: they stand in no list of processes,
 * in no file, and not in the checkout. It answers for the server of `url` alone, not for one that a submodule names, and the
 * empty helper before it switches off those of the user there, which would store it.
 * @returns nothing for addresses that know no passwords
 */
export function credentialConfig(url: string): readonly (readonly [string, string])[] {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return [];
  const key = `credential.${new URL(url).origin}.helper`;
  const answer = `printf 'username=%s\\npassword=%s\\n' "$${USER_VARIABLE}" "$${PASSWORD_VARIABLE}"`;
  return [
    [key, ''],
    [key, `!f() { test "$1" = get || exit 0; ${answer}; }; f`],
  ];
}

/** Hides the password from the log, whatever secret it came from. Null: none was given. */
export function credentialOf(
  context: Pick<KindContext, 'mask'>,
  settings: {
    readonly url: string;
    readonly username?: string | undefined;
    readonly password?: string | undefined;
  },
): Credential | null {
  if (settings.password === undefined || settings.password === '') return null;
  context.mask(settings.password);
  // Servers that take tokens as passwords seldom look at the name; this one is what GitHub asks for.
  const username = settings.username ?? 'x-access-token';
  return { url: settings.url, username, password: settings.password };
}
