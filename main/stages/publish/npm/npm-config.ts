import { basicOf, type Credential, isAnonymous } from '../http/credential.ts';

/** The lines of an `.npmrc` for one registry: a credential stands there rather than in arguments or the environment. */
export function npmConfig(registry: URL, credential: Credential): string {
  const lines = [`registry=${registry.href}`, 'update-notifier=false', 'fund=false', 'audit=false'];
  const scope = `//${registry.host}${registry.pathname}`;
  if (!isAnonymous(credential)) {
    const { token } = credential;
    // Quoted, so that nothing in it is a comment or a variable.
    const value = token === '' ? `:_auth=${quoted(basicOf(credential))}` : `:_authToken=${quoted(token)}`;
    lines.push(scope + value);
  }
  return `${lines.join('\n')}\n`;
}

/** npm replaces `${NAME}`, also between quotes, unless a backslash stands before it. */
const quoted = (text: string): string => JSON.stringify(text).replaceAll('${', '\\${');
