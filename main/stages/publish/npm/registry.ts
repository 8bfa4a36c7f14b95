import { createHash } from 'node:crypto';
import { authorizationOf, type Credential } from '../http/credential.ts';
import { ask, type Peer, refusal } from '../http/peer.ts';

/** What a registry knows of a version. */
export interface NpmVersion {
  /** Subresource Integrity of the tarball: `sha512-…`; null: it gives only a SHA-1, or nothing. */
  readonly integrity: string | null;
  readonly tarball: string;
}

export interface NpmPackage {
  readonly versions: Readonly<Record<string, NpmVersion>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** What kinds ask a registry of npm packages beside what the npm client does. */
export interface NpmRegistry {
  /** Null: it has no such package. */
  package(name: string): Promise<NpmPackage | null>;
  /** Reads a tarball back. @returns its integrity, as SHA-512 */
  integrityOf(tarball: string): Promise<string>;
  setTag(name: string, tag: string, version: string): Promise<void>;
}

/** @param url with a slash at its end */
export function createNpmRegistry(peer: Peer, url: URL, credential: Credential): NpmRegistry {
  const headers = { ...authorizationOf(credential), accept: 'application/json' };
  return {
    package: (name) =>
      ask(
        peer,
        packageUrl(url, name),
        () => ({ headers }),
        async (response) => {
          if (response.status === 404) return null;
          if (!response.ok) throw await refusal(peer, response, `show ${name}`);
          return readPackage(await response.json());
        },
      ),
    setTag: (name, tag, version) =>
      ask(
        peer,
        new URL(`-/package/${name.replace('/', '%2f')}/dist-tags/${encodeURIComponent(tag)}`, url),
        () => ({
          method: 'PUT',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(version),
        }),
        async (response) => {
          if (!response.ok) throw await refusal(peer, response, `point ${tag} of ${name} to ${version}`);
          await response.body?.cancel();
        },
      ),
    integrityOf: (tarball) => {
      const from = new URL(tarball, url);
      // Where it lies elsewhere, that server need not know who asks.
      const isOwn = from.origin === url.origin;
      return ask(
        peer,
        from,
        () => (isOwn ? { headers: authorizationOf(credential) } : {}),
        async (response) => {
          if (!response.ok) throw await refusal(peer, response, `give ${from.pathname} back`);
          const hash = createHash('sha512');
          for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) hash.update(chunk);
          return `sha512-${hash.digest('base64')}`;
        },
      );
    },
  };
}

export const packageUrl = (registry: URL, name: string): URL => new URL(name.replace('/', '%2f'), registry);

/** With a slash at its end, as addresses below it need it. */
export function registryUrl(url: URL): URL {
  return new URL(url.href.endsWith('/') ? url.href : `${url.href}/`);
}

function readPackage(body: unknown): NpmPackage {
  const { versions = {}, 'dist-tags': tags = {} } = body as {
    readonly versions?: Record<string, { readonly dist?: { integrity?: string; tarball?: string } }>;
    readonly 'dist-tags'?: Record<string, string>;
  };
  return {
    tags,
    versions: Object.fromEntries(
      Object.entries(versions).map(([version, { dist }]) => [
        version,
        { integrity: dist?.integrity ?? null, tarball: dist?.tarball ?? '' },
      ]),
    ),
  };
}
