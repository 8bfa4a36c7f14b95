import { authorizationOf, type Credential } from '../http/credential.ts';
import { ask, type Peer, refusal } from '../http/peer.ts';
import { packageUrl, registryUrl } from '../npm/registry.ts';
import { createAuthorizer } from '../oci/authorize.ts';
import { parseOciReference } from '../oci/reference.ts';

/** Tries what somebody may do, without changing anything. */
export interface AccessProbe {
  /** `missing`: the registry says that it is not there, which some say to who may not see it. */
  pull(who: Credential): Promise<'allowed' | 'refused' | 'missing'>;
  push(who: Credential): Promise<boolean>;
}

const isRefused = (status: number): boolean => status === 401 || status === 403;

export function npmProbe(peer: Peer, registry: URL, name: string): AccessProbe {
  const url = packageUrl(registryUrl(registry), name);
  return {
    pull: (who) =>
      ask(
        peer,
        url,
        () => ({ headers: authorizationOf(who) }),
        async (response) => {
          if (isRefused(response.status)) return 'refused';
          if (response.status === 404) return 'missing';
          if (!response.ok) throw await refusal(peer, response, `show ${name}`);
          await response.body?.cancel();
          return 'allowed';
        },
      ),
    push: (who) =>
      ask(
        peer,
        url,
        // No version is in it, so there is nothing to publish for who may.
        () => ({
          method: 'PUT',
          headers: { ...authorizationOf(who), 'content-type': 'application/json' },
          body: JSON.stringify({ name }),
        }),
        async (response) => {
          await response.body?.cancel();
          return !isRefused(response.status);
        },
      ),
  };
}

export function ociProbe(peer: Peer, registry: URL, name: string): AccessProbe {
  const { origin, repository, tag } = parseOciReference(
    `${registry.protocol}//${registry.host}/${name}`,
    'name',
  );
  const base = `${origin}/v2/${repository}`;

  /** @returns the status, signed in as far as the registry lets them */
  async function statusOf(
    who: Credential,
    actions: string,
    url: string,
    init: RequestInit,
    done: (response: Response, headers: Record<string, string>) => Promise<void> = () => Promise.resolve(),
  ): Promise<number> {
    const authorizer = createAuthorizer(peer, origin, who, `repository:${repository}:${actions}`);
    for (;;) {
      const headers = {
        accept: '*/*',
        ...(init.headers as Record<string, string> | undefined),
        ...authorizer.header(),
      };
      const status = await ask(
        peer,
        url,
        () => ({ ...init, headers }),
        async (response) => {
          const isAgain = response.status === 401 && (await authorizer.challenge(response));
          await response.body?.cancel();
          if (!isAgain) await done(response, headers);
          return isAgain ? null : response.status;
        },
      );
      if (status !== null) return status;
    }
  }

  return {
    async pull(who) {
      const accept =
        'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';
      const url = `${base}/manifests/${tag ?? 'latest'}`;
      const status = await statusOf(who, 'pull', url, { headers: { accept } }).catch(refusedToken);
      return isRefused(status) ? 'refused' : status === 404 ? 'missing' : 'allowed';
    },
    async push(who) {
      const status = await statusOf(
        who,
        'pull,push',
        `${base}/blobs/uploads/`,
        { method: 'POST' },
        async (response, headers) => {
          const location = response.headers.get('location');
          if (response.status !== 202 || location === null) return;
          const upload = new URL(location, base);
          const own = upload.origin === new URL(base).origin ? headers : {};
          // Given up, so that nothing is left of it; a registry that cannot forgets it by itself.
          await ask(
            peer,
            upload,
            () => ({ method: 'DELETE', headers: own }),
            async (answer) => answer.body?.cancel(),
          );
        },
      ).catch(refusedToken);
      return !isRefused(status);
    },
  };
}

/** A token server that says no means the same as a registry that does. */
function refusedToken(error: unknown): number {
  const status = (error as { readonly details?: { readonly status?: unknown } }).details?.status;
  if (typeof status === 'number' && isRefused(status)) return status;
  throw error;
}
