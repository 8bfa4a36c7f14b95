/** What a Git server asks for. */
export interface Credential {
  /** For whose server. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** Servers that take tokens as passwords seldom look at the name; this one is what GitHub asks for. */
export const TOKEN_USER = 'x-access-token';

/** Settings of Git for one command. */
type GitConfig = readonly (readonly [name: string, value: string])[];

const USER_VARIABLE = 'PIPEWRIGHT_GIT_USERNAME';
const PASSWORD_VARIABLE = 'PIPEWRIGHT_GIT_PASSWORD';

/**
 * Git asks this function of its own shell, which knows the values from its environment: they stand in no list of processes,
 * in no file, and not in the checkout. It answers for the server of `url` alone, not for one that a submodule names, and the
 * empty helper before it switches off those of the user there, which would store it.
 * @returns nothing for addresses that know no passwords
 */
function credentialConfig(url: string): GitConfig {
  const server = /^https?:\/\/(?:[^/@\\]*@)?[^/?#@\\]+(?=[/?#]|$)/i.exec(url)?.[0];
  if (server === undefined) return [];
  const key = `credential.${server.replace(/\/\/[^/@]*@/, '//').toLowerCase()}.helper`;
  const answer = `printf 'username=%s\\npassword=%s\\n' "$${USER_VARIABLE}" "$${PASSWORD_VARIABLE}"`;
  return [
    [key, ''],
    [key, `!f() { test "$1" = get || exit 0; ${answer}; }; f`],
  ];
}

/**
 * The variables with which Git asks nobody, speaks English, and signs in with a credential.
 * @param outer the environment that they are added to: what it sets of Git's configuration by count stays
 */
export function gitEnvironment(
  outer: Readonly<Record<string, string | undefined>>,
  credential: Credential | null,
  config: GitConfig = [],
): Record<string, string> {
  const all = [...config, ...(credential === null ? [] : credentialConfig(credential.url))];
  const known = Number.parseInt(outer['GIT_CONFIG_COUNT'] ?? '0', 10) || 0;
  const env: Record<string, string> = {
    GIT_TERMINAL_PROMPT: '0',
    SSH_ASKPASS_REQUIRE: 'never',
    GCM_INTERACTIVE: 'never',
    LC_ALL: 'C',
  };
  if (all.length > 0) env['GIT_CONFIG_COUNT'] = String(known + all.length);
  for (const [index, [name, value]] of all.entries()) {
    env[`GIT_CONFIG_KEY_${known + index}`] = name;
    env[`GIT_CONFIG_VALUE_${known + index}`] = value;
  }
  if (credential !== null) {
    env[USER_VARIABLE] = credential.username;
    env[PASSWORD_VARIABLE] = credential.password;
  }
  return env;
}
