import { AppError } from '#shared/lib/app-error.ts';
import { basicOf, type Credential, isAnonymous } from '../http/credential.ts';
import { ask, type Peer, refusal } from '../http/peer.ts';

/** The header that a registry asked for, remembered for the requests that follow. */
export interface Authorizer {
  header(): Record<string, string>;
  /**
   * Answers a 401.
   * @returns whether another try makes sense
   * @throws AppError `service-failed` when the token server says no
   */
  challenge(response: Response): Promise<boolean>;
}

/**
 * Signs in as the registry asks for it: with the password itself (Basic), or with a token that another server gives for it
 * (Bearer). A credential is shown only when it is asked for.
 * @param scope of tokens: `repository:team/app:pull,push`
 */
export function createAuthorizer(
  peer: Peer,
  origin: string,
  credential: Credential,
  scope: string,
): Authorizer {
  let header: Record<string, string> = {};
  let tried = 0;
  return {
    header: () => header,
    async challenge(response) {
      const asked = parseChallenge(response.headers.get('www-authenticate') ?? '');
      tried += 1;
      // A token may run out in the middle; a password does not get better.
      if (asked === null || tried > MAX_CHALLENGES) return false;
      if (asked.scheme === 'basic') {
        if (isAnonymous(credential) || header['authorization'] !== undefined) return false;
        header = { authorization: `Basic ${basicOf(basicFor(credential))}` };
        return true;
      }
      const token = await fetchToken(peer, origin, asked.parameters, credential, scope);
      if (header['authorization'] === `Bearer ${token}`) return false;
      header = { authorization: `Bearer ${token}` };
      return true;
    },
  };
}

const MAX_CHALLENGES = 3;

/** Registries take a token in the place of a password. */
const basicFor = ({ username, password, token }: Credential): Pick<Credential, 'username' | 'password'> =>
  token === '' ? { username, password } : { username: username === '' ? 'token' : username, password: token };

async function fetchToken(
  peer: Peer,
  origin: string,
  { realm = '', service, scope: asked }: Readonly<Record<string, string>>,
  credential: Credential,
  scope: string,
): Promise<string> {
  const url = URL.parse(realm, origin);
  // Where the way to the registry is safe, the password does not go another.
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && origin.startsWith('http:'));
  if (url === null || !isSafe) {
    throw new AppError(
      'service-failed',
      `${peer.name} asks for a token of a server that cannot be used: ${realm}.`,
    );
  }
  if (service !== undefined) url.searchParams.set('service', service);
  url.searchParams.set('scope', scope === '' ? (asked ?? '') : scope);
  const headers: Record<string, string> = isAnonymous(credential)
    ? {}
    : { authorization: `Basic ${basicOf(basicFor(credential))}` };
  const server = { ...peer, name: `the token server ${url.host}` };
  return ask(
    server,
    url,
    () => ({ headers }),
    async (response) => {
      if (!response.ok) throw await refusal(server, response, 'sign in');
      const answer = (await response.json()) as { readonly token?: unknown; readonly access_token?: unknown };
      const token = answer.token ?? answer.access_token;
      if (typeof token === 'string' && token !== '') return token;
      throw new AppError('service-failed', `The token server ${url.host} answered without a token.`);
    },
  );
}

/** What stands in a `WWW-Authenticate` header; null: something else than the two that registries ask for. */
export function parseChallenge(
  header: string,
): { readonly scheme: 'basic' | 'bearer'; readonly parameters: Readonly<Record<string, string>> } | null {
  const [, word = '', rest = ''] = /^\s*(\w+)(?:\s+(.*))?$/s.exec(header) ?? [];
  const scheme = word.toLowerCase();
  if (scheme !== 'basic' && scheme !== 'bearer') return null;
  const parameters: Record<string, string> = {};
  for (const [, name = '', quoted, bare] of rest.matchAll(/(\w+)=(?:"([^"]*)"|([^\s",]+))/g)) {
    parameters[name.toLowerCase()] = quoted ?? bare ?? '';
  }
  return { scheme, parameters };
}
