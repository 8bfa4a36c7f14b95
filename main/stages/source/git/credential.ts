import type { KindContext } from '#main/engine/kind-ports.ts';
import { type Credential, TOKEN_USER } from '#shared/lib/git-credential.ts';

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
  return { url: settings.url, username: settings.username ?? TOKEN_USER, password: settings.password };
}
