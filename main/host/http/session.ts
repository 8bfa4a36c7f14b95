import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may talk to a loopback server: whoever was given its token. */
export interface Session {
  /** 32 random bytes for the address that is printed, and for `Authorization: Bearer`. */
  readonly token: string;
  isToken(text: string): boolean;
  /** How a request proves itself; null when it does not. */
  proofOf(request: IncomingMessage): 'cookie' | 'bearer' | null;
  /** The header that gives a browser its cookie. The cookie is not the token, so no page can read the token from it. */
  cookieHeader(): string;
}

/** @param port makes the cookie's name this server's own: cookies do not tell ports apart */
export function createSession(port: number, token: string = secret()): Session {
  const name = `pipewright_${port}`;
  const value = secret();
  return {
    token,
    isToken: (text) => isEqual(text, token),
    proofOf({ headers }) {
      const [scheme, given] = (headers.authorization ?? '').split(' ');
      if (scheme?.toLowerCase() === 'bearer' && given !== undefined)
        return isEqual(given, token) ? 'bearer' : null;
      const cookies = (headers.cookie ?? '').split(/;\s*/).filter((cookie) => cookie.startsWith(`${name}=`));
      return cookies.some((cookie) => isEqual(cookie.slice(name.length + 1), value)) ? 'cookie' : null;
    },
    cookieHeader: () => `${name}=${value}; HttpOnly; SameSite=Strict; Path=/`,
  };
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

/** Takes the same time whatever differs, and whatever the lengths. */
function isEqual(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
