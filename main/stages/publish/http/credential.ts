import { z } from 'zod';

/** Who a kind is to a server. */
export interface Credential {
  readonly username: string;
  readonly password: string;
  /** Instead of the two. */
  readonly token: string;
}

/** Settings of kinds that sign in; empty texts, as of a secret that a stage may go without, are nobody. */
export const credentialSettings = {
  username: z
    .string()
    .default('')
    .describe('Who signs in; empty: nobody, or the token says it')
    .meta({ title: 'User', examples: ['ci'] }),
  password: z
    .string()
    .default('')
    .describe('The password of the user, as a secret')
    .meta({ title: 'Password', 'x-control': 'secret', examples: ['${{ secrets.REGISTRY_PASSWORD }}'] }),
  token: z
    .string()
    .default('')
    .describe('A token instead of a user with a password, as a secret')
    .meta({ title: 'Token', 'x-control': 'secret', examples: ['${{ secrets.REGISTRY_TOKEN }}'] }),
};

export const isAnonymous = ({ username, password, token }: Credential): boolean =>
  token === '' && username === '' && password === '';

/** `user:password` as HTTP and npm write it. */
export const basicOf = ({ username, password }: Pick<Credential, 'username' | 'password'>): string =>
  Buffer.from(`${username}:${password}`).toString('base64');

/** The header of a request; empty for nobody. */
export function authorizationOf(credential: Credential): Record<string, string> {
  if (isAnonymous(credential)) return {};
  const { token } = credential;
  return { authorization: token === '' ? `Basic ${basicOf(credential)}` : `Bearer ${token}` };
}
